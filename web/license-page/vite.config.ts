import { defineConfig } from 'vite';
import { here, packed, quiet } from '../vite.shared.ts';

/** One script, styles within, for `<script type="module" src="...">` or `<script defer src="...">` in any page. */
export default defineConfig({
  root: here('./license-page'),
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: packed('license-page'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: { onLog: quiet },
    lib: { entry: here('./license-page/src/element.tsx'), formats: ['iife'], name: 'charterLicensePage', fileName: () => 'license-page.js' },
  },
});
