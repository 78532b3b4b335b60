import { defineConfig } from 'vite';
import { here, packed, quiet } from '../vite.shared.ts';

export default defineConfig({
  root: here('./floating-console'),
  build: {
    outDir: packed('floating-console'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    // The shared policy allows no data: in scripts or styles, so nothing is written into them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { onLog: quiet },
  },
});
