import type { components, paths as Served } from '../../generated/floating';

/** What the server says of itself, with what it does not say yet. */

interface Read<What> {
  get: { responses: { 200: { content: { 'application/json': What } } } };
}

interface Post<Given, What> {
  post: { requestBody: { content: { 'application/json': Given } }; responses: { 200: { content: { 'application/json': What } } } };
}

interface Put<Given, What> {
  put: { requestBody: { content: { 'application/json': Given } }; responses: { 200: { content: { 'application/json': What } } } };
}

type Schemas = components['schemas'];
export type AlarmView = Schemas['AlarmView'];
export type PoolView = Schemas['ConsolePoolView'];
export type WaitingView = Schemas['WaitingView'];
/** A letter may come with the texts of its QR codes. */
type Coded<Letter> = Letter & { codes?: string[] };
export type ProductView = Omit<Schemas['ProductView'], 'request' | 'released'> & { request?: Coded<Schemas['RequestView']> & { seats?: number }; released?: Coded<Schemas['ReleaseView']> };
export type LeaseView = Schemas['LeaseView'] & { address?: string };

export interface ReservationView {
  name: string;
  kind: 'host' | 'group';
  members: string[];
  seats: number;
  taken: number;
}

export type Reservation = Omit<ReservationView, 'taken'>;

interface Coming {
  '/api/overview': Read<Omit<Schemas['OverviewView'], 'products'> & { products: ProductView[] }>;
  '/api/products/{product}/usage-requests': Post<Schemas['RequestOrder'] & { seats?: number }, ProductView>;
  '/api/products/{product}/activations': Post<Schemas['ActivationOrder'] & { seats?: number }, ProductView>;
  '/api/products/{product}/deactivations': Post<never, ProductView>;
  '/api/pools/{license}/leases': Read<Omit<Schemas['LeasePage'], 'items'> & { items: LeaseView[] }>;
  '/api/pools/{license}/reservations': Read<ReservationView[]> & Put<Reservation[], ReservationView[]>;
  '/api/pools/{license}/emergencies': Post<never, PoolView>;
}

export type paths = Omit<Served, keyof Coming> & Coming;
