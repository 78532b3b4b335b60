import createCache, { type EmotionCache } from '@emotion/cache';

interface SheetOptions {
  key: string;
  container: Node;
}

/**
 * Where styles go: a constructable style sheet that the page (or the shadow root) adopts. So the pages need no inline
 * style element, and a content security policy of `style-src 'self'` lets them be styled.
 *
 * It has the shape of Emotion's own sheet, which Emotion knows by its members.
 */
class AdoptedSheet {
  readonly key: string;
  readonly container: Node;
  readonly isSpeedy = true;
  readonly tags: HTMLStyleElement[] = [];
  before: Element | null = null;
  nonce: string | undefined;
  ctr = 0;
  private sheet: CSSStyleSheet | undefined;

  constructor(options: SheetOptions) {
    this.key = options.key;
    this.container = options.container;
  }

  private get root(): DocumentOrShadowRoot {
    const root = this.container.getRootNode();
    return root instanceof ShadowRoot ? root : document;
  }

  hydrate(): void {
    // Nothing is rendered on a server here.
  }

  insert(rule: string): void {
    if (!this.sheet) {
      this.sheet = new CSSStyleSheet();
      this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, this.sheet];
    }
    this.ctr++;
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch {
      // A rule for another browser, such as ::-moz-focus-inner: this one cannot read it and needs none of it.
    }
  }

  flush(): void {
    const gone = this.sheet;
    this.root.adoptedStyleSheets = this.root.adoptedStyleSheets.filter(sheet => sheet !== gone);
    this.sheet = undefined;
    this.ctr = 0;
  }
}

/** Whether this browser (or a test's imitation of one) has style sheets that scripts can make. */
function constructable(): boolean {
  return 'adoptedStyleSheets' in Document.prototype && 'replaceSync' in CSSStyleSheet.prototype;
}

/** Emotion's cache for everything below that node. */
export function stylesFor(container: Node): EmotionCache {
  const cache = createCache({ key: 'charter', container, speedy: constructable() });
  if (constructable()) {
    cache.sheet = new AdoptedSheet({ key: 'charter', container }) as unknown as EmotionCache['sheet'];
  }
  return cache;
}
