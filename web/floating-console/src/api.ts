import { apiOf, type Answered, type Reading } from '@charter/console-kit';
import type { paths } from './contract';

export type { LeaseView, PoolView, ProductView, Reservation, ReservationView, WaitingView } from './contract';
export type ReadOf<Path extends Reading<paths>> = Answered<paths, Path>;

export const { useRead, usePages, post, put, useChange } = apiOf<paths>();

const OFTEN = 10_000;

/** The server, its licenses, its pools and what an administrator should see to. */
export function useOverview() {
  return useRead('/api/overview', { every: OFTEN });
}
