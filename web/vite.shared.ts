import { fileURLToPath } from 'node:url';

export const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the built pages are packed from. */
export const packed = (name: string) => here(`./target/classes/META-INF/charter/${name}`);

interface Logged {
  code?: string;
}

/** Libraries mark their modules for a kind of server that is not used here; all other warnings are shown. */
export const quiet = <Log extends Logged, Level>(level: Level, log: Log, show: (level: Level, log: Log) => void) => {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log);
};
