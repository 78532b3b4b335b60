import { Empty, Failure, Message, Moment, moneyWords, Note, numberWords, plural, Problem, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { LicenseApi, LicenseDocument, Offer, Offers, Order } from './api';

/** What somebody is about to buy. */
export interface Cart {
  /** How many of each item, by its ID: years of support, otherwise 1. Absent as long as nothing was chosen or left out. */
  counts?: Readonly<Record<string, number>> | undefined;
  /** Empty: the first that everything is sold in. */
  currency: string;
  name: string;
  email: string;
  /** Support is what it is about: chosen as long as nothing was chosen or left out. */
  support?: boolean;
}

export const NO_CART: Cart = { currency: '', name: '', email: '' };

/** The same selection again. */
export function sameAgain(order: Order): Pick<Cart, 'counts' | 'currency'> {
  return { counts: Object.fromEntries(order.items.map(line => [line.item, line.count])), currency: order.currency };
}

const kept = (base: string) => `charter-buyer ${base}`;

/** Who bought last in this tab: the way to the payment page and back forgets everything else. */
export function lastBuyer(base: string): Pick<Cart, 'name' | 'email'> {
  try {
    const { name, email } = JSON.parse(sessionStorage.getItem(kept(base)) ?? '{}') as Partial<Cart>;
    return { name: typeof name === 'string' ? name : '', email: typeof email === 'string' ? email : '' };
  } catch {
    return { name: '', email: '' };
  }
}

export function forgetBuyers(): void {
  try {
    for (const key of Object.keys(sessionStorage).filter(one => one.startsWith(kept('')))) sessionStorage.removeItem(key);
  } catch {
    // Nothing is kept there.
  }
}

function keepBuyer(base: string, { name, email }: Cart): void {
  try {
    sessionStorage.setItem(kept(base), JSON.stringify({ name, email }));
  } catch {
    // A browser that keeps nothing: it is typed again.
  }
}

interface Line {
  offer: Offer;
  count: number;
  /** The price of one; absent where it is not sold in that currency. */
  amount: number | undefined;
}

interface Reckoned {
  currencies: readonly string[];
  currency: string;
  lines: readonly Line[];
  /** What is charged with the order, in the currency's smallest unit. */
  due: number;
}

function priceOf(offer: Offer, currency: string): number | undefined {
  return offer.prices.find(price => price.currency === currency)?.amount;
}

/** What is not licensed yet; support can always be had for longer. */
function forSale(offers: Offers): readonly Offer[] {
  return offers.items.filter(offer => !offer.licensed);
}

/** What is chosen before anybody has chosen: support where that is wanted, the only thing where there is one only. */
function chosenAtFirst(items: readonly Offer[], currency: string, support: boolean | undefined): Record<string, number> {
  const wanted = support ? items.find(offer => offer.kind === 'support' && priceOf(offer, currency) !== undefined) : undefined;
  const first = wanted ?? (items.length === 1 ? items[0] : undefined);
  return first ? { [first.id]: 1 } : {};
}

/** The chosen items at the prices of now. */
function reckon(offers: Offers, cart: Cart): Reckoned {
  const items = forSale(offers);
  const known = [...new Set(items.flatMap(offer => offer.prices.map(price => price.currency)))];
  const sold = (currency: string) => items.filter(offer => priceOf(offer, currency) !== undefined).length;
  const currencies = known.sort((one, other) => sold(other) - sold(one));
  const currency = currencies.includes(cart.currency) ? cart.currency : currencies[0] ?? '';
  const counts = cart.counts ?? chosenAtFirst(items, currency, cart.support);
  const lines = items.flatMap(offer => {
    const count = Math.min(counts[offer.id] ?? 0, offer.mostAtOnce);
    const amount = priceOf(offer, currency);
    return count > 0 && amount !== undefined ? [{ offer, count, amount }] : [];
  });
  return { currencies, currency, lines, due: lines.reduce((sum, line) => sum + (line.offer.kind === 'metered' ? 0 : line.amount * line.count), 0) };
}

/** Reads what is sold as long as somebody may want it, and orders. */
export function usePurchase(api: LicenseApi, cart: Cart, wanted: boolean, onOrdered: (order: Order) => void, onRefused: () => void) {
  const query = useQuery({ queryKey: ['offers', api.base], queryFn: api.offers, enabled: wanted, retry: false, staleTime: Infinity, gcTime: 0 });
  const [before, setBefore] = useState<Reckoned>();
  const offers = query.data;
  const reckoned = offers ? reckon(offers, cart) : undefined;
  const ordering = useMutation({
    mutationFn: (of: Reckoned) => api.order({
      items: of.lines.map(({ offer, count }) => ({ item: offer.id, count })), currency: of.currency, total: of.due, name: cart.name.trim(), email: cart.email.trim(), returnTo: window.location.href,
    }),
    onMutate: of => setBefore(of),
    onSuccess: order => {
      keepBuyer(api.base, cart);
      onOrdered(order);
    },
    // What is sold, or at what price, or what is under way already has changed meanwhile.
    onError: async failure => {
      if (failure instanceof Problem && [404, 409, 412].includes(failure.status)) {
        await query.refetch();
        onRefused();
      }
    },
  });
  const sells = offers !== undefined && offers.reachable && offers.checkout !== 'none' && forSale(offers).length > 0;
  const gone = before && ordering.isError && reckoned ? before.lines.filter(line => !reckoned.lines.some(now => now.offer.id === line.offer.id)) : [];
  const dearer = before && ordering.isError && reckoned ? reckoned.lines.flatMap(line => {
    const was = before.currency === reckoned.currency ? before.lines.find(one => one.offer.id === line.offer.id)?.amount : undefined;
    return was !== undefined && was !== line.amount ? [{ ...line, was }] : [];
  }) : [];
  return {
    offers, reckoned, gone, dearer, reading: wanted && (query.isPending || (query.isFetching && !sells)), unread: query.error, readAgain: () => void query.refetch(),
    order: () => { if (reckoned) ordering.mutate(reckoned); },
    working: ordering.isPending, failure: ordering.error, reset: ordering.reset,
    chosen: sells && reckoned !== undefined && reckoned.lines.length > 0,
    buyer: cart.name.trim() !== '' && looksLikeMail(cart.email),
  };
}

type Purchase = ReturnType<typeof usePurchase>;

/** Whether that may be an e-mail address; whether mail reaches it, the server says. */
function looksLikeMail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

interface PageProps {
  of: LicenseDocument;
  purchase: Purchase;
  cart: Cart;
  onCart: (cart: Partial<Cart>) => void;
}

/** More than that are searched. */
const A_FEW = 8;

function finds(offer: Offer, sought: string): boolean {
  const words = `${offer.title} ${offer.description ?? ''}`.toLowerCase();
  return sought.toLowerCase().split(/\s+/).every(word => words.includes(word));
}

/** What can be bought: each with its price and how it is charged, and what that makes. */
export function ItemsPage({ of, purchase, cart, onCart }: PageProps) {
  const [sought, setSought] = useState('');
  const { offers, reckoned } = purchase;
  if (purchase.reading) return <Working text="Reading what can be bought" />;
  if (!offers || !reckoned) return <Failure of={purchase.unread} again={purchase.readAgain} />;
  if (!offers.reachable) return <Failure of={new Problem(0, offers.message ?? 'The vendor was not reached. Check the network or the proxy, then try again.')} again={purchase.readAgain} />;
  const items = forSale(offers);
  const many = items.length > A_FEW;
  const held = offers.items.filter(offer => offer.licensed);
  if (offers.checkout === 'none' || items.length === 0) {
    return (
      <Empty title={offers.checkout === 'none' ? 'Nothing is sold on this page' : 'There is nothing more to buy'} icon="license">
        {offers.message ? <Message text={offers.message} /> : offers.checkout === 'none' ? <Whom of={of} /> : `Everything that is sold for ${of.productTitle} is licensed on this server.`}
      </Empty>
    );
  }
  const counts = Object.fromEntries(reckoned.lines.map(line => [line.offer.id, line.count]));
  const choose = (offer: Offer, count: number) => onCart({ counts: Object.fromEntries(Object.entries({ ...cart.counts, ...counts, [offer.id]: count }).filter(([, many]) => many > 0)) });
  return (
    <Stack spacing={2}>
      {offers.checkout === 'test' ? <TestOnly /> : null}
      <Changed of={purchase} />
      <For of={of} offers={offers} />
      {cart.support && !items.some(offer => offer.kind === 'support') ? <Note>Support is not sold on this page. Ask {whom(of)}.</Note> : null}
      {reckoned.currencies.length > 1 || many ? (
        <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap' }}>
          {reckoned.currencies.length > 1 ? (
            <TextField select label="Currency" value={reckoned.currency} onChange={event => onCart({ currency: event.target.value })} sx={{ minWidth: 120 }} slotProps={{ select: { native: true } }}>
              {reckoned.currencies.map(currency => <option key={currency} value={currency}>{currency}</option>)}
            </TextField>
          ) : null}
          {many ? <TextField label="Find" type="search" value={sought} onChange={event => setSought(event.target.value)} autoComplete="off" sx={{ flex: '1 1 14rem', maxWidth: 420 }} /> : null}
        </Stack>
      ) : null}
      <Stack component="ul" spacing={1.25} aria-label="What can be bought" sx={{ listStyle: 'none', m: 0, p: many ? 0.25 : 0, ...(many ? { maxHeight: 460, overflowY: 'auto' } : {}) }}>
        {items.filter(offer => !many || finds(offer, sought)).map(offer => <OfferCard key={offer.id} of={offer} currency={reckoned.currency} count={counts[offer.id] ?? 0} onCount={count => choose(offer, count)} />)}
      </Stack>
      {held.length > 0 ? <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>Licensed already: {held.map(offer => offer.title).join(', ')}.</Typography> : null}
      {many && reckoned.lines.length > 0 ? <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>Chosen: {reckoned.lines.map(line => line.offer.title).join(', ')}.</Typography> : null}
      <Sum of={reckoned} />
    </Stack>
  );
}

/** Which license it is for: that is decided by the server, whoever pays. And what that costs besides the money. */
function For({ of, offers }: { of: LicenseDocument; offers: Offers }) {
  const letter = offers.upgrade ? undefined : of.usageRequest;
  return (
    <>
      <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {offers.upgrade ? <>It is added to license <b>{offers.license ?? of.license?.id}</b> on this server, whoever pays.</> : 'It is a new license, for this server.'}
      </Typography>
      {letter ? (
        <Note kind="warning">
          <b>A usage request of <Moment at={letter.since} as="sentence" /> waits for its answer.</b> What is bought here activates itself, and that makes the request worthless: a usage license that answers it will be refused here. If the answer is
          on its way, wait for it; nothing needs to be bought then.
        </Note>
      ) : null}
    </>
  );
}

const whom = (of: LicenseDocument) => of.vendor?.supportEmail ?? of.vendor?.name ?? 'the vendor';

/** Whom to ask where nothing is sold. */
function Whom({ of }: { of: LicenseDocument }) {
  return <>Ask {whom(of)} for a license, then choose “I have a license”.</>;
}

/** That nobody pays. */
export function TestOnly() {
  return <Note><b>Test checkout: no money moves.</b> Everything else happens as with real money.</Note>;
}

function OfferCard({ of, currency, count, onCount }: { of: Offer; currency: string; count: number; onCount: (count: number) => void }) {
  const id = useId();
  const amount = priceOf(of, currency);
  const chosen = count > 0;
  return (
    <Box component="li" sx={theme => ({
      borderRadius: 1.25, border: `1px solid ${chosen ? theme.palette.primary.main : theme.palette.divider}`, outline: chosen ? `1px solid ${theme.palette.primary.main}` : 'none', bgcolor: chosen ? 'primary.light' : 'transparent',
      '&:hover': amount !== undefined && !chosen ? { borderColor: theme.palette.text.secondary } : {}, '&:has(input[type=checkbox]:focus-visible)': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 1 },
    })}>
      <Box component="label" htmlFor={id} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', p: 1.25, pr: 2, cursor: amount === undefined ? 'default' : 'pointer' }}>
        <Checkbox id={id} size="small" checked={chosen} disabled={amount === undefined} onChange={event => onCount(event.target.checked ? 1 : 0)} sx={{ p: 0.75 }}
          slotProps={{ input: { 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-price ${id}-text` } }} />
        <Box sx={{ pt: 0.5, minWidth: 0, flex: 1, display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 0.5, justifyContent: 'space-between' }}>
          <Box sx={{ minWidth: 0, flex: '1 1 18rem' }}>
            <Typography id={`${id}-title`} component="span" sx={{ fontWeight: 600, color: amount === undefined ? 'text.secondary' : 'text.primary', overflowWrap: 'anywhere' }}>{of.title}</Typography>
            {of.description ? <Typography id={`${id}-text`} variant="body2" component="div" sx={{ color: 'text.secondary', overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{of.description}</Typography> : null}
          </Box>
          <Box id={`${id}-price`} sx={{ textAlign: { xs: 'start', sm: 'end' }, fontVariantNumeric: 'tabular-nums' }}>
            {amount === undefined ? <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>Not sold in {currency}</Typography> : (
              <>
                <Typography component="span" sx={{ fontWeight: 650 }}>{moneyWords(amount, currency)}</Typography>
                <Typography component="span" variant="body2" sx={{ color: 'text.secondary', display: { xs: 'inline', sm: 'block' }, ml: { xs: 0.75, sm: 0 } }}>{chargedBy(of)}</Typography>
              </>
            )}
          </Box>
        </Box>
      </Box>
      {chosen && of.mostAtOnce > 1 ? (
        <Box sx={{ pl: 6, pb: 1.5, pt: 1 }}>
          <TextField select label="Years" value={count} onChange={event => onCount(Number(event.target.value))} sx={{ minWidth: 120, '& .MuiInputBase-root': { bgcolor: 'background.paper' } }} slotProps={{ select: { native: true }, htmlInput: { 'aria-label': `Years of ${of.title}` } }}>
            {Array.from({ length: of.mostAtOnce }, (_, index) => <option key={index} value={index + 1}>{plural(index + 1, 'year')}</option>)}
          </TextField>
        </Box>
      ) : null}
    </Box>
  );
}

function chargedBy(of: Offer): string {
  switch (of.kind) {
    case 'once': return 'once';
    case 'support': return 'per year';
    case 'metered': return `${counted(of)}, monthly`;
  }
}

/** "for each 1,000 counted": what a metered item's price is for. */
function counted(of: Offer): string {
  const units = of.units ?? 1;
  return `for each ${units === 1 ? 'one' : numberWords(units)} counted`;
}

/** What is due with the order, and what is charged later. */
function Sum({ of }: { of: Reckoned }) {
  const { lines, due, currency } = of;
  return (
    <Box role="status" aria-label="Sum" sx={theme => ({ borderTop: `1px solid ${theme.palette.divider}`, pt: 1.5 })}>
      {lines.length === 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>Nothing is chosen yet.</Typography> : (
        <>
          <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'baseline', columnGap: 2, flexWrap: 'wrap' }}>
            <Typography sx={{ fontWeight: 650 }}>Due now</Typography>
            <Typography sx={{ fontWeight: 650, fontSize: '1.25rem', fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>{moneyWords(due, currency)}</Typography>
          </Stack>
          <Later of={of} />
        </>
      )}
    </Box>
  );
}

function Later({ of: { lines, currency } }: { of: Reckoned }) {
  const later = lines.map(({ offer, count, amount }) => {
    switch (offer.kind) {
      case 'metered': return `${offer.title}: nothing now; each month ${moneyWords(amount ?? 0, currency)} ${counted(offer)}.`;
      case 'support': return `${offer.title}: ${plural(count, 'year')}, paid now. It is not renewed by itself.`;
      case 'once': return undefined;
    }
  }).filter(words => words !== undefined);
  return (
    <Stack spacing={0.25} sx={{ mt: 0.5 }}>
      {(later.length > 0 ? later : ['Nothing is charged later.']).map(words => <Typography key={words} variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{words}</Typography>)}
    </Stack>
  );
}

/** What the vendor has changed between looking and ordering. */
function Changed({ of: { gone, dearer, failure, reckoned } }: { of: Purchase }) {
  if (!failure) return null;
  if (gone.length === 0 && dearer.length === 0) return <Failure of={failure} />;
  return (
    <Note kind="warning">
      {dearer.length > 0 ? <Typography component="p" variant="body2" sx={{ fontWeight: 600 }}>The price has changed meanwhile. Nothing was ordered yet.</Typography> : null}
      {dearer.map(line => <Typography key={line.offer.id} component="p" variant="body2">{line.offer.title}: {moneyWords(line.amount ?? 0, reckoned?.currency ?? '')} by now; it was {moneyWords(line.was, reckoned?.currency ?? '')}.</Typography>)}
      {gone.length > 0 ? <Typography component="p" variant="body2"><b>Not sold any more: {gone.map(line => line.offer.title).join(', ')}.</b> Nothing was ordered yet; look at what is left, then decide.</Typography> : null}
    </Note>
  );
}

/** Who buys, and once more what. */
export function BuyerPage({ of, purchase, cart, onCart }: PageProps) {
  const [left, setLeft] = useState(false);
  const { offers, reckoned } = purchase;
  if (!offers || !reckoned) return purchase.reading ? <Working text="Reading what can be bought" /> : <Failure of={purchase.unread} again={purchase.readAgain} />;
  const wrong = left && cart.email.trim() !== '' && !looksLikeMail(cart.email);
  return (
    <Stack spacing={2}>
      {offers.checkout === 'test' ? <TestOnly /> : null}
      <Changed of={purchase} />
      <For of={of} offers={offers} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' } }}>
        <TextField label="Name" value={cart.name} onChange={event => onCart({ name: event.target.value })} autoComplete="organization" fullWidth autoFocus slotProps={{ htmlInput: { maxLength: 200 }, inputLabel: { shrink: true } }}
          helperText={offers.upgrade ? 'Of your company, or yours; for the receipt.' : 'Of your company, or yours: the license is issued to it.'} />
        <TextField label="E-mail" value={cart.email} onChange={event => onCart({ email: event.target.value })} onBlur={() => setLeft(true)} autoComplete="email" type="email" fullWidth error={wrong} slotProps={{ htmlInput: { maxLength: 254 }, inputLabel: { shrink: true } }}
          helperText={wrong ? 'An e-mail address looks like name@company.example.' : offers.upgrade ? 'The receipt goes there.' : 'The license key and the receipt go there.'} />
      </Box>
      <Box component="ul" aria-label="What is bought" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {reckoned.lines.map(line => (
          <Stack key={line.offer.id} component="li" direction="row" sx={{ justifyContent: 'space-between', columnGap: 3, py: 0.5 }}>
            <Typography sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{line.offer.title}{line.offer.kind === 'support' ? `, ${plural(line.count, 'year')}` : ''}</Typography>
            <Typography sx={{ fontVariantNumeric: 'tabular-nums', textAlign: 'end', flex: 'none', maxWidth: '50%' }}>{whatItMakes(line, reckoned.currency)}</Typography>
          </Stack>
        ))}
      </Box>
      <Sum of={reckoned} />
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>Purchase leads to the payment page of the vendor. You come back here, and {offers.upgrade ? 'what is new' : 'the license'} is there by itself.</Typography>
    </Stack>
  );
}

function whatItMakes({ offer, count, amount = 0 }: Line, currency: string): string {
  return offer.kind === 'metered' ? `${moneyWords(amount, currency)} ${chargedBy(offer)}` : moneyWords(amount * count, currency);
}
