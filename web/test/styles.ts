/**
 * Looks for roles ask for the style of every element and of those around it, and jsdom works each one out by holding every rule of the page against it. Two things are taken off it here, and what
 * it answers stays the same: until the document has changed styles stay as they are, and a rule that names a class or a kind of element which this one has not cannot be meant.
 */
interface Rules {
  /** What is no rule, such as the steps of an animation, has no selector. */
  match: (selector: string | undefined, element: Element) => boolean;
}

interface Inside {
  /** Grows with every change. */
  _version: number;
  /** What holds rules against elements; there once a style was asked for. */
  _nwsapiDontThrow?: Rules;
}

/** One of the ways in which a selector can be met: by an element of that name that has that class, as far as it names them. */
interface Way {
  name: string | undefined;
  className: string | undefined;
}

/** The ways in which a selector is met; undefined where that is not told by this simple reading of it. */
export function waysOf(selector: string): Way[] | undefined {
  let plain = selector;
  // What stands in brackets only narrows, and may hold any character.
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replace(/\[[^[\]()"']*(?:"[^"\\]*"|'[^'\\]*')?[^[\]()"']*\]|\([^()[\]"']*\)/g, '');
  }
  if (/[[\]()"'\\|{}@&]/.test(plain)) return undefined;
  return plain.split(',').map(way => {
    const meant = way.trim().split(/[\s>+~]+/).at(-1) ?? '';
    return { name: /^[a-z][a-z0-9-]*/i.exec(meant)?.[0].toLowerCase(), className: /\.([\w-]+)/.exec(meant)?.[1] };
  });
}

/** Holds them off elements that they cannot mean. */
function meaning(rules: Rules): Rules['match'] {
  const match = rules.match.bind(rules);
  const known = new Map<string, Way[] | undefined>();
  return (selector, element) => {
    if (selector === undefined) return match(selector, element);
    let ways = known.get(selector);
    if (ways === undefined && !known.has(selector)) known.set(selector, ways = waysOf(selector));
    if (ways !== undefined) {
      const name = element.localName.toLowerCase();
      const classes = element.getAttribute('class') ?? '';
      if (!ways.some(way => (way.name === undefined || way.name === name) && (way.className === undefined || classes.includes(way.className)))) return false;
    }
    return match(selector, element);
  };
}

export function rememberStyles(): void {
  const key = Object.getOwnPropertySymbols(document).find(symbol => symbol.description === 'impl');
  const inside = key && (document as unknown as Record<symbol, Inside>)[key];
  const view = document.defaultView;
  view?.getComputedStyle(document.documentElement);
  if (!view || !inside?._nwsapiDontThrow) throw new Error('This jsdom is built otherwise: its styles cannot be remembered. Take this out of test/setup.ts.');
  inside._nwsapiDontThrow.match = meaning(inside._nwsapiDontThrow);

  const workOut = view.getComputedStyle.bind(view);
  let remembered = new Map<Element, CSSStyleDeclaration>();
  let asOf = -1;
  view.getComputedStyle = (element, pseudo) => {
    if (pseudo || element.ownerDocument !== document) return workOut(element, pseudo);
    if (inside._version !== asOf) {
      remembered = new Map();
      asOf = inside._version;
    }
    const known = remembered.get(element) ?? workOut(element);
    remembered.set(element, known);
    return known;
  };
}
