import { Look, type ModeChoice } from '@charter/kit';
import Box from '@mui/material/Box';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { LicenseBanner } from './LicenseBanner';
import { LicensePage } from './LicensePage';

/** All elements of a page share what was read: the banner knows at once what the page did. */
const client = new QueryClient();

/** A custom element whose content lives in a shadow root, untouched by the styles of the page around it. */
abstract class CharterElement extends HTMLElement {
  static readonly observedAttributes = ['base', 'mode', 'guide', 'page', 'readonly'];
  private root: Root | undefined;
  private place: HTMLElement | undefined;

  protected abstract content(): ReactNode;

  connectedCallback(): void {
    if (!this.place) {
      this.place = document.createElement('div');
      this.attachShadow({ mode: 'open' }).append(this.place);
      if (getComputedStyle(this).display === 'inline') this.style.display = 'block';
    }
    this.root = createRoot(this.place);
    this.draw();
  }

  disconnectedCallback(): void {
    this.root?.unmount();
    this.root = undefined;
  }

  attributeChangedCallback(): void {
    this.draw();
  }

  /** light, dark, or system (what the reader's system asks for). */
  private get mode(): ModeChoice {
    const wanted = this.getAttribute('mode');
    return wanted === 'light' || wanted === 'dark' ? wanted : 'system';
  }

  private draw(): void {
    if (!this.root || !this.place) return;
    this.root.render(
      <QueryClientProvider client={client}>
        <Look mode={this.mode} place={this.place}>
          <Box sx={theme => ({
            ...theme.typography.body1, color: 'text.primary', bgcolor: 'background.default', colorScheme: theme.palette.mode, textAlign: 'start',
            '& *, & *::before, & *::after': { boxSizing: 'border-box' },
          })}>
            {this.content()}
          </Box>
        </Look>
      </QueryClientProvider>,
    );
  }
}

/** `<charter-license-page base="/api/license" mode="system" guide="/docs/license-types.html">` */
class CharterLicensePage extends CharterElement {
  protected override content(): ReactNode {
    return (
      <Box sx={{ p: { xs: 1.5, sm: 2 }, maxWidth: 1200, mx: 'auto' }}>
        <LicensePage {...given(this, 'base')} {...given(this, 'guide')} mayChange={!this.hasAttribute('readonly')} />
      </Box>
    );
  }
}

/** `<charter-license-banner base="/api/license" page="/license">`: the headline on every other page; nothing while all is well. */
class CharterLicenseBanner extends CharterElement {
  protected override content(): ReactNode {
    return <LicenseBanner {...given(this, 'base')} {...given(this, 'page')} />;
  }
}

function given<Name extends string>(element: HTMLElement, name: Name): Partial<Record<Name, string>> {
  const value = element.getAttribute(name);
  return value === null ? {} : ({ [name]: value } as Record<Name, string>);
}

// A page that names the script twice gets one element.
if (!customElements.get('charter-license-page')) customElements.define('charter-license-page', CharterLicensePage);
if (!customElements.get('charter-license-banner')) customElements.define('charter-license-banner', CharterLicenseBanner);
