// The one stylesheet: light and dark, wide and narrow, visible focus.

/** CSS. */
export const style = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; --ink: #18181b; --soft: #52525b; --paper: #f4f4f5; --card: #fff; --line: #d4d4d8; --accent: #772ce8; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #efeff1; --soft: #adadb8; --paper: #0e0e10; --card: #18181b; --line: #3f3f46; --accent: #bf94ff; --on-accent: #18181b } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink) }
header { padding: .6rem 1rem; text-align: center; font-weight: 600; background: var(--card); border-bottom: 1px solid var(--line) }
header span { font-weight: 400; color: var(--soft) }
header span::before { content: "· " }
main { width: min(36rem, 100% - 2rem); margin: 2rem auto; padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere }
h2 { margin: 1.25rem 0 .25rem; font-size: 1rem }
p { margin: .5rem 0 }
ul { margin: .25rem 0; padding-left: 1.25rem }
li { margin: .3rem 0 }
code { font: .875rem ui-monospace, monospace; color: var(--soft); overflow-wrap: anywhere }
fieldset { margin: 1.25rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .35rem }
legend { padding: 0 .4rem; font-weight: 600 }
label { display: block; padding: .25rem 0 }
input[type=text] { width: 100%; margin-top: .25rem; padding: .6rem; font: 1.25rem ui-monospace, monospace; letter-spacing: .15em; text-transform: uppercase; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .35rem }
input[type=radio] { accent-color: var(--accent); margin-right: .5rem }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem }
button { flex: 1 1 8rem; padding: .7rem 1rem; font: inherit; font-weight: 600; color: var(--ink); background: transparent; border: 1px solid var(--line); border-radius: .35rem; cursor: pointer }
button.yes { color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.small { font-size: .875rem; color: var(--soft); overflow-wrap: anywhere }
dl { margin: .5rem 0; display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem }
dt { color: var(--soft) }
dd { margin: 0 }
a { color: var(--accent) }
`
