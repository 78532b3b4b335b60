import { defineConfig } from 'vite';
import { here, packed, quiet } from '../vite.shared.ts';

export default defineConfig({
  root: here('./portal'),
  // It knows nothing of where the authority serves it.
  base: './',
  build: {
    outDir: packed('portal'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    // The page's policy allows no data: in scripts or styles, so nothing is written into them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { onLog: quiet },
  },
});
