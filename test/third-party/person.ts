// Somebody with a browser: follows redirects, keeps cookies, fills in the forms of a page and sends them off.

/** A browser with its own cookies. */
export interface Person {
  /** Opens the address and says yes to everything, until a page has no form. @returns the address it ended at, and the page */
  agree(url: string): Promise<{ readonly url: string; readonly page: string }>
  /** Opens the address, and presses the button that says no as soon as there is one. */
  refuse(url: string): Promise<void>
}

/** Where a browser is asked to go next. */
interface Step {
  readonly url: string
  readonly form?: URLSearchParams
}

/** Makes a {@link Person}. @param stopAt where the browser is not to go, but to tell of */
export function createPerson(stopAt?: string): Person {
  const cookies = new Map<string, string>()

  async function go({ url, form }: Step): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form !== undefined && { method: 'POST', body: form }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  return {
    async refuse(url) {
      let step: Step | undefined = { url }
      while (step !== undefined) {
        const page = await (await go(step)).text()
        step = formOf(page, step.url)
        if (!page.includes('name="abort"')) continue
        step?.form?.set('abort', 'yes')
        if (step !== undefined) await go(step)
        return
      }
      throw new Error('There was no button that says no')
    },
    async agree(url) {
      let step: Step = { url }
      for (let steps = 0; steps < 20; steps++) {
        if (stopAt !== undefined && step.url.startsWith(stopAt)) return { url: step.url, page: '' }
        const response = await go(step)
        const page = await response.text()
        const location = response.headers.get('location')
        const next = location === null ? formOf(page, step.url) : { url: new URL(location, step.url).href }
        if (next === undefined) return { url: step.url, page }
        step = next
      }
      throw new Error(`The pages have no end: ${step.url}`)
    },
  }
}

/** The form of a page, filled in. */
function formOf(page: string, url: string): Step | undefined {
  const [, action] = /<form[^>]* action="([^"]*)"/.exec(page) ?? []
  if (action === undefined) return undefined
  const form = new URLSearchParams()
  for (const [field] of page.matchAll(/<input[^>]*>/g)) {
    const [, name] = / name="([^"]*)"/.exec(field) ?? []
    const [, value = 'someone'] = / value="([^"]*)"/.exec(field) ?? []
    if (name !== undefined) form.set(name, value)
  }
  return { url: new URL(action, url).href, form }
}
