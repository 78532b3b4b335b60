import { apiOf, type Answered, type Reading } from '@charter/console-kit';
import type { paths } from '../../generated/console';

export type Reads = Reading<paths>;
export type ReadOf<Path extends Reads> = Answered<paths, Path>;

export const { read, useRead, usePages, post, put, remove, useChange } = apiOf<paths>();
