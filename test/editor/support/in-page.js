// Runs in the page: reads what a person sees in Node-RED's editor. A classic script, because the page knows neither modules nor types.
globalThis.inPage = (() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });

  /** @returns red, green, blue of 0 to 255 and alpha of 0 to 1, of any CSS colour */
  function rgba(color) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  const over = ([red, green, blue, alpha], below) => [...[red, green, blue].map((part, i) => part * alpha + below[i] * (1 - alpha)), 1];

  function backgroundOf(element) {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  }

  /** Relative luminance of WCAG 2.2. */
  function luminance(color) {
    const [red, green, blue] = color.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** Contrast of WCAG 2.2, 1 to 21. */
  function contrast(color, background) {
    const [dark, light] = [luminance(over(rgba(color), background)), luminance(background)].sort((a, b) => a - b);
    return Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100;
  }

  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const wordsOf = (element) => element.textContent.replace(/\s+/g, ' ').trim();

  /** Every shown text below an element, with its contrast. */
  function textsOf(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = wordsOf(walker.currentNode);
      if (!/[\p{L}\p{N}]/u.test(text) || element.closest('option, script, style') !== null || !isShown(element)) continue;
      texts.push({ text, contrast: contrast(getComputedStyle(element).color, backgroundOf(element)) });
    }
    return texts;
  }

  const valueOf = (field) => ({ text: `value of ${field.id}`, contrast: contrast(getComputedStyle(field).color, backgroundOf(field)) });
  const placeholderOf = (field) => ({
    text: field.placeholder,
    contrast: contrast(getComputedStyle(field, '::placeholder').color, backgroundOf(field)),
  });

  function form() {
    return [...document.querySelectorAll('#red-ui-editor-stack .red-ui-tray')].at(-1)?.querySelector('form') ?? null;
  }

  /** Fields of Node-RED, far outside the window, into which a browser may put a password. */
  const isTrap = ({ id }) => id.startsWith('red-ui-trap');
  const fields = () => [...form().querySelectorAll('input, select, textarea')].filter((field) => !isTrap(field));
  const shownFields = () => fields().filter(isShown);
  /** The label of a hidden field is that of what stands for it. */
  function labelOf(field) {
    const group = field.type === 'hidden' ? field.closest('[aria-labelledby]') : null;
    if (group !== null) return wordsOf(document.getElementById(group.getAttribute('aria-labelledby')));
    return field.getAttribute('aria-label') ?? [...(field.labels ?? [])].map(wordsOf).join(' ').trim();
  }

  /** Fields that cannot show their placeholder, or their longest choice. */
  function isTooNarrow(field) {
    const style = getComputedStyle(field);
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const arrow = field.tagName === 'SELECT' ? 16 : 0;
    const words = field.tagName === 'SELECT' ? [...field.options].map(({ text }) => text) : [field.placeholder];
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
    return words.some((text) => text && canvas.measureText(text).width > room);
  }

  /** Why a person does not get at a field, or nothing: once scrolled to, it lies in the window and nothing lies over it. */
  function whyUnreachable(field) {
    field.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = field.getBoundingClientRect();
    if (box.left < 0 || box.right > innerWidth) return [`${field.id} reaches from ${box.left} to ${box.right}`];
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return field.contains(hit) ? [] : [`${field.id} lies behind ${hit?.outerHTML.slice(0, 80)}`];
  }

  /** Labels and fields that cover each other. */
  function overlaps() {
    const things = [...form().querySelectorAll('label, input, select, textarea, button, .form-tips')].filter(
      (thing) => isShown(thing) && !isTrap(thing),
    );
    const boxes = things.map((thing) => [thing, thing.getBoundingClientRect()]).filter(([, { width, height }]) => width > 1 && height > 1);
    const covers = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const name = (thing) => thing.id || thing.htmlFor || wordsOf(thing);
    return boxes.flatMap(([one, box], index) =>
      boxes
        .slice(index + 1)
        .filter(([other, otherBox]) => !one.contains(other) && covers(box, otherBox))
        .map(([other]) => `${name(one)} and ${name(other)}`),
    );
  }

  /** Labels that need more than their line. */
  function brokenLabels() {
    const labels = [...form().querySelectorAll('label')].filter((label) => isShown(label) && wordsOf(label) !== '');
    return labels
      .filter(
        (label) => label.scrollWidth > label.clientWidth + 1 || label.clientHeight > 1.9 * parseFloat(getComputedStyle(label).lineHeight),
      )
      .map(wordsOf);
  }

  function allNodes() {
    const nodes = [];
    for (const each of [RED.nodes.eachNode, RED.nodes.eachConfig]) each((node) => void nodes.push(node)); // false would end it
    return nodes;
  }

  const marked = (selector) => [...form().querySelectorAll(selector)];

  return {
    /** The open dialog as a person meets it. */
    dialog: () => ({
      fields: fields().map((field) => ({ id: field.id, shown: isShown(field), label: labelOf(field) })),
      texts: [...textsOf(form()), ...shownFields().map(valueOf)],
      placeholders: shownFields()
        .filter(({ placeholder }) => placeholder)
        .map(placeholderOf),
      choices: marked('option').map(({ text }) => text.trim()),
      empty: [
        ...marked('[data-i18n]:not([data-i18n^="["])').filter((element) => wordsOf(element) === ''),
        ...marked('[data-i18n^="[placeholder]"]').filter(({ placeholder }) => placeholder === ''),
        ...marked('[data-i18n^="[title]"]').filter(({ title }) => title === ''),
      ].map(({ dataset }) => dataset.i18n),
      overlaps: overlaps(),
      broken: [
        ...brokenLabels(),
        ...shownFields()
          .filter(isTooNarrow)
          .map(({ id }) => id),
      ],
      unreachable: shownFields().flatMap(whyUnreachable),
    }),
    shownFields: () => shownFields().map(({ id }) => id),
    openSteps: () => marked('.oura-step:enabled').map(({ dataset }) => dataset.step),
    currentStep: () => form().querySelector('.oura-step[aria-current=step]').dataset.step,
    /** Opens what is folded, so that it can be looked at. */
    unfold: () => {
      for (const details of marked('details')) details.open = true;
    },
    isDialogClosed: () => document.querySelector('#red-ui-editor-stack .red-ui-tray') === null,
    /** Opening ends with the focus set, and with the dialog above everything else. */
    isDialogAtRest: () => {
      const stack = document.getElementById('red-ui-editor-stack');
      const tray = [...stack.querySelectorAll('.red-ui-tray')].at(-1);
      return form() !== null && tray.contains(document.activeElement) && stack.style.zIndex === '13' && tray.getAnimations().length === 0;
    },
    activeField: () => document.activeElement?.id ?? '',
    isInView: (selector) => {
      const { top, bottom } = form().querySelector(selector).getBoundingClientRect();
      return top >= form().closest('.red-ui-tray-content').getBoundingClientRect().top && bottom <= innerHeight;
    },
    marksError: (id) => document.getElementById(id).classList.contains('input-error'),

    palette: () =>
      [...document.querySelectorAll('#red-ui-palette-container-oura .red-ui-palette-node')].map((entry) => {
        const label = entry.querySelector('.red-ui-palette-label');
        return {
          type: entry.dataset.paletteType,
          label: entry.dataset.paletteLabel,
          lines: label.innerHTML.split(/<br\s*\/?>/).map((line) => line.trim()),
          contrast: contrast(getComputedStyle(label).color, backgroundOf(label)),
          icon: entry.querySelector('.red-ui-palette-icon').style.backgroundImage,
        };
      }),
    paletteTitle: () => wordsOf(document.querySelector('#red-ui-palette-container-oura .red-ui-palette-header')),

    /** What a definition says of itself: the properties that are saved, and the texts on the workspace. */
    definition: (type) => {
      const _def = RED.nodes.getType(type);
      const node = { ..._def, type, _def, name: '' };
      const text = (value, ...args) => (typeof value === 'function' ? value.apply(node, args) : value);
      const ports = [text(_def.inputLabels, 0), text(_def.outputLabels, 0)].filter((label) => label !== undefined);
      return {
        properties: Object.keys(_def.defaults),
        texts: [text(_def.label), text(_def.paletteLabel), ...ports].filter((label) => label !== undefined),
      };
    },
    edit: (id) => {
      const node = RED.nodes.node(id);
      if (node._def.category === 'config') RED.editor.editConfig('', node.type, id);
      else RED.editor.edit(node);
    },
    node: (id) => {
      const node = RED.nodes.node(id);
      const values = Object.keys(node._def.defaults).map((key) => [key, node[key]]);
      return { ...Object.fromEntries(values), id, type: node.type, valid: node.valid, changed: node.changed };
    },
    idsOf: (type) => allNodes().flatMap((node) => (node.type === type ? [node.id] : [])),
    /** Brings a node into view. @returns its id */
    revealNamed: (name) => {
      const { id } = allNodes().find((node) => node.name === name);
      RED.view.reveal(id, false);
      return id;
    },
    hasStatus: (type, pattern) => {
      const labels = [...document.querySelectorAll('.red-ui-flow-node-group')]
        .filter((group) => RED.nodes.node(group.id)?.type === type)
        .map((group) => wordsOf(group.querySelector('.red-ui-flow-node-status-label')));
      return labels.some((label) => new RegExp(pattern).test(label));
    },
    showHelp: (type) => RED.sidebar.help.show(type),
    help: () => {
      const help = [...document.querySelectorAll('.red-ui-help')].find((element) => isShown(element) && wordsOf(element) !== '');
      return help === undefined ? { words: '', texts: [] } : { words: wordsOf(help), texts: textsOf(help) };
    },
    showSidebar: (id) => RED.sidebar.show(id),
    invoke: (action) => void RED.actions.invoke(action),
    isDirty: () => RED.nodes.dirty(),
    isDeployed: () => !RED.nodes.dirty() && document.querySelector('#red-ui-header-button-deploy.disabled') !== null,
    isReady: () =>
      typeof RED !== 'undefined' &&
      RED.nodes?.getType?.('oura-account') !== undefined &&
      document.querySelector('#red-ui-palette-container-oura .red-ui-palette-node') !== null &&
      document.querySelector('.red-ui-flow-node') !== null &&
      document.querySelector('#red-ui-loading-progress:not([style*="none"])') === null,
    isDark: () => document.documentElement.classList.contains('nr-theme-dark'),
  };
})();
