import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { LicenseApi, type LicenseDocument } from './api';
import { nextMoment, paidFor, underway } from './states';

const USUALLY = 30_000;
/** While somebody waits for a seat, or pays. */
const WAITING = 5_000;
/** While what was paid is on its way. */
const PAID = 2_000;
const AT_LEAST = 1_000;

/** The license as the server tells it, read again regularly and at each moment at which it changes by itself. */
export function useLicense(base: string) {
  const api = useMemo(() => new LicenseApi(base), [base]);
  const client = useQueryClient();
  const query = useQuery<LicenseDocument>({
    queryKey: ['license', base],
    queryFn: api.read,
    refetchInterval: running => {
      const data = running.state.data;
      if (!data) return 5_000;
      const now = new Date(data.now).getTime();
      const next = nextMoment(data, now);
      const usually = paidFor(data) ? PAID : underway(data) || data.waitsForSeat ? WAITING : USUALLY;
      return next === undefined ? usually : Math.min(usually, Math.max(AT_LEAST, next - now + 500));
    },
    retry: false,
  });
  return { api, query, put: (document: LicenseDocument) => putLicense(client, base, document) };
}

export function putLicense(client: QueryClient, base: string, document: LicenseDocument): void {
  client.setQueryData(['license', base], document);
}
