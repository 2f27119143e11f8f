import mustache from 'mustache';

/** What the page after Oura's says; plain texts. */
export interface CallbackTexts {
  readonly title: string;
  readonly text: string;
  readonly remedy: string;
  readonly good: boolean;
  /** Language of the texts. */
  readonly lang: string;
}

const PAGE = `<!DOCTYPE html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{title}}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 30em; margin: 15vh auto; padding: 0 1.5em; }
  h1 { font-size: 1.4em; border-left: 6px solid {{#good}}#2e7d32{{/good}}{{^good}}#c62828{{/good}}; padding-left: .6em; }
</style>
</head>
<body><main><h1>{{title}}</h1><p>{{text}}</p><p>{{remedy}}</p></main></body>
</html>
`;

/** Renders the page; whatever the texts hold stays text. */
export function callbackPage(texts: CallbackTexts): string {
  return mustache.render(PAGE, texts);
}
