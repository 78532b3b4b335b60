import { Actions, Code, Confirm, Facts, Failure, Icon, Message, Moment, moneyWords, Note, plural, Section, spanWords, Steps, useNow } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { LicenseApi, LicenseDocument, Order } from './api';
import { isSafe } from './leaving';
import { TestOnly } from './Purchase';
import { underway } from './states';

/** After that long it is said that it takes long, and that nobody has to stay for it. */
const LONG = 10_000;
const ASKED_EVERY = 10_000;
/** What was issued is in use within that long. */
const AT_ONCE = 5_000;

interface OrderedProps {
  api: LicenseApi;
  of: LicenseDocument;
  order: Order;
  mayChange: boolean;
  /** Reads the license again, after something was asked or ended. */
  onRead: () => void;
  /** Leads to the same selection again. */
  onAgain: (order: Order) => void;
  /** Takes the order that is not paid and was cancelled: what was chosen is not lost. */
  onCancelled: (order: Order) => void;
}

/** How far the order is, what happens now, and what to do. */
export function Ordered({ api, of, order, mayChange, onRead, onAgain, onCancelled }: OrderedProps) {
  const [asks, setAsks] = useState(false);
  const look = useMutation({ mutationFn: api.lookAtOrder, onSettled: onRead });
  const end = useMutation({
    mutationFn: api.endOrder,
    onSuccess: () => {
      if (asks) onCancelled(order);
      setAsks(false);
      onRead();
    },
    onError: onRead,
  });
  const waits = underway(of) !== undefined;
  // Who looks at the page waits: the server asks often as long as it is told so. At once, too: whoever comes back from the payment page wants to know now.
  useEffect(() => {
    if (!mayChange || !waits) return undefined;
    const ask = () => { if (!document.hidden) void api.lookAtOrder().then(onRead, onRead); };
    ask();
    const timer = setInterval(ask, ASKED_EVERY);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
    // Reading again is the same at every turn.
  }, [api, mayChange, waits, order.id]);
  const now = useNow(1_000).getTime();
  const there = order.done && order.state === 'fulfilled';
  const passed = now - new Date(order.paidAt ?? order.createdAt).getTime();
  const seen = useMemo(() => now, [order.state]);
  // What was issued and cannot be taken into use, for a reason that its message says, can be put away.
  const stuck = order.state === 'fulfilled' && !there && now - seen > AT_ONCE;
  const checkout = order.state === 'open' ? order.checkout ?? undefined : undefined;
  const safe = checkout !== undefined && isSafe(checkout);
  const dismiss = mayChange && (!waits || stuck) ? <Button variant={order.state === 'closed' ? 'text' : 'outlined'} onClick={() => end.mutate()} disabled={end.isPending}>Dismiss</Button> : null;
  const license = order.license ?? (order.upgrade ? of.license?.id : undefined);
  return (
    <Section title="Your order">
      <Stack spacing={2.5}>
        <Sayings of={of} order={order} there={there} stuck={stuck} />
        {order.test && order.state !== 'closed' ? <TestOnly /> : null}
        {order.state === 'closed' || order.withheld || there ? null : <Steps label="Steps of the order" names={stations(order)} at={stationOf(order)} />}
        {waits && order.state !== 'open' && order.state !== 'look' && !stuck ? <LinearProgress aria-label="Your order is on its way" sx={{ height: 4, borderRadius: 2 }} /> : null}
        {waits && order.state !== 'open' ? <Meanwhile order={order} passed={passed} /> : null}
        {waits && !order.reachable && !(order.unreachable && order.message.includes(order.unreachable)) ? <Note kind="warning">{order.unreachable ?? 'The vendor is not reached at the moment.'}{order.lastAsked ? <> It last answered <Moment at={order.lastAsked} as="ago" />.</> : null} Nothing is lost: it is asked again by itself.</Note> : null}
        {checkout !== undefined && !safe ? <Note kind="warning">The payment page is at <Box component="span" sx={{ overflowWrap: 'anywhere' }}>{checkout}</Box>. This page leads to encrypted addresses only (https). Ask the vendor about it.</Note> : null}
        <Facts of={[
          ['Items', <>{order.items.map(line => <Box component="span" key={line.item} sx={{ display: 'block' }}>{line.title}{line.count > 1 ? `, ${plural(line.count, 'year')}` : ''}</Box>)}</>],
          [order.paidAt ? 'Paid' : 'Due now', moneyWords(order.total, order.currency)],
          ['Order', order.id ? <Code of={order.id} /> : undefined],
          ['Ordered', <Moment at={order.createdAt} as="sentence" />],
          ['License', license ? <Code of={license} /> : undefined],
        ]} />
        <Failure of={look.error ?? (asks ? undefined : end.error)} />
        {mayChange ? (
          <Actions>
            {safe ? <Button variant="contained" href={checkout}>Go on to the payment</Button> : null}
            {order.state === 'closed' ? <Button variant="contained" onClick={() => onAgain(order)}>Order again</Button> : null}
            {waits ? (
              <Button variant="outlined" onClick={() => look.mutate()} disabled={look.isPending} startIcon={look.isPending ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : <Icon name="refresh" />}>Ask now</Button>
            ) : null}
            {order.state === 'open' ? <Button color="error" onClick={() => { end.reset(); setAsks(true); }}>Cancel the order</Button> : null}
            {dismiss}
          </Actions>
        ) : null}
      </Stack>
      {asks ? (
        <Confirm title="Cancel this order?" does="Cancel the order" destroys working={end.isPending} failure={end.error} onYes={() => end.mutate()} onNo={() => setAsks(false)}>
          <Typography>Nothing was paid, so nothing is lost. What you chose stays chosen: change it and order again, or leave it. Should its payment page be used all the same, the order comes back here.</Typography>
        </Confirm>
      ) : null}
    </Section>
  );
}

function stations(order: Order): string[] {
  return ['Order', 'Payment', ...(order.state === 'look' ? ['A look by the vendor'] : []), order.upgrade ? 'Upgrade' : 'License', order.upgrade ? 'In force' : 'Activation'];
}

/** The station that is waited for. */
function stationOf(order: Order): number {
  return order.state === 'open' ? (order.checkout ? 1 : 0) : order.state === 'fulfilled' ? 3 : 2;
}

/** What is, and what it means. */
function Sayings({ of, order, there, stuck }: { of: LicenseDocument; order: Order; there: boolean; stuck: boolean }) {
  const good = there && !order.withheld;
  const bad = order.withheld || stuck;
  const tone = good ? 'success' : bad ? 'warning' : 'info';
  return (
    <Box role="status" sx={{ display: 'flex', gap: 1.5, alignItems: 'flex-start' }}>
      <Box aria-hidden sx={{ width: 40, height: 40, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: `${tone}.light`, color: `${tone}.main` }}>
        <Icon name={good ? 'good' : bad ? 'attention' : order.state === 'closed' ? 'close' : 'clock'} />
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography sx={{ fontWeight: 650 }}>{stuck ? 'What was bought is not in use here yet' : titleOf(order, there)}</Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {order.state === 'open' && order.checkout && isSafe(order.checkout) ? 'The payment page knows this order: it is not paid twice. A payment of a moment ago is seen here within seconds.' : good ? <>{order.upgrade ? 'What was ordered is part of the license and works now, without a restart.' : `${of.productTitle} on this server is licensed. The license key went out by e-mail: keep it for the day this server is replaced.`}</> : <Message text={order.message} />}
        </Typography>
      </Box>
    </Box>
  );
}

function titleOf(order: Order, there: boolean): string {
  switch (order.state) {
    case 'open': return order.checkout ? 'Waiting for the payment' : 'Your order is being sent to the vendor';
    case 'look': return 'Paid; the vendor looks at it first';
    case 'paid': return 'Your order is on its way';
    case 'fulfilled': return order.withheld ? 'What was ordered was taken back' : there ? 'Your order has arrived' : 'Your order is on its way';
    case 'closed': return 'Nothing was bought';
  }
}

/** How long it has been, and that nobody has to stay. */
function Meanwhile({ order, passed }: { order: Order; passed: number }) {
  return (
    <Typography variant="body2" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
      Paid <Moment at={order.paidAt ?? order.createdAt} as="sentence" />.{' '}
      {order.state === 'look' ? 'You may leave this page: the license comes by itself when the vendor has looked, also after a restart.'
        : passed < LONG ? 'This takes a few seconds.' : `It has taken ${spanWords(passed)} so far. You may leave this page: it goes on by itself, also after a restart.`}
    </Typography>
  );
}
