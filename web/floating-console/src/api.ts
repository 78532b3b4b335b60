import { apiOf, type Answered, type Reading } from '@charter/console-kit';
import type { components, paths } from '../../generated/floating';

type Schemas = components['schemas'];
export type AlarmView = Schemas['AlarmView'];
export type LeaseView = Schemas['LeaseView'];
export type PoolView = Schemas['ConsolePoolView'];
export type ProductView = Schemas['ProductView'];
export type ReservationOrder = Schemas['ReservationOrder'];
export type ReservationView = Schemas['ReservationView'];
export type ReadOf<Path extends Reading<paths>> = Answered<paths, Path>;

export const { useRead, usePages, post, put, useChange } = apiOf<paths>();

const OFTEN = 10_000;

/** The server, its licenses, its pools and what an administrator should see to. */
export function useOverview() {
  return useRead('/api/overview', { every: OFTEN });
}
