import { Actions, Choices, Code, type DocumentCheck, Facts, Failure, Icon, type KeyCheck, KeyField, Message, messageOf, Moment, Note, type Option, Problem, Section, Sentence, Steps, Working } from '@charter/kit';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { LicenseApi, LicenseDocument, Order } from './api';
import { Changes } from './Changes';
import { leaving, isSafe } from './leaving';
import { Upload, useActivation, useNewRequest } from './Letters';
import { BuyerPage, forgetBuyers, ItemsPage, lastBuyer, NO_CART, sameAgain, usePurchase, type Cart } from './Purchase';
import { addressOf, FeaturesPage, lends, offeredBy, ServersPage, Taken } from './Servers';

const STEPS = ['Getting Started', 'Activation Method', 'Additional Details', 'Activation', 'Complete'] as const;
/** What is bought for a license that is there already. */
const UPGRADE_STEPS = ['What to add', 'Who buys', 'Payment'] as const;

type Page = 'start' | 'method' | 'letter' | 'key' | 'servers' | 'features' | 'items' | 'buyer' | 'activation' | 'complete';

/** At which of the steps each page of the wizard stands. */
const STEP_OF: Record<Page, number> = { start: 0, method: 1, letter: 2, key: 2, servers: 2, features: 2, items: 2, buyer: 3, activation: 3, complete: 4 };

const STARTS: Record<string, { title: string; text: string }> = {
  'have-license': { title: 'I have a license', text: 'You have a license key, or a file that the vendor sent.' },
  purchase: { title: 'I need to purchase a license', text: 'Choose features and pay; the license follows by itself.' },
  trial: { title: 'Start a trial', text: 'Try it without a license. It may be started again.' },
};

const METHODS: Record<string, string> = { online: 'Online', offline: 'Offline', floating: 'Floating' };

const PURCHASE = 'purchase';
const OFFLINE = 'offline';
const FLOATING = 'floating';
const REQUEST = 'request';
const UPLOAD = 'upload';

interface Draft {
  page: Page;
  start: string;
  method: string;
  /** Which way a letter goes: REQUEST or UPLOAD. */
  letter: string;
  key: string;
  /** The answer to a letter, as it was given. */
  answer: string;
  /** The addresses of license servers, as they were typed, in the order in which they are tried. */
  servers: string[];
  /** The names of the features that are asked for; absent: all. */
  features: string[] | undefined;
  slot: string;
  cart: Cart;
  /** What is bought is added to the license that is there. */
  adds: boolean;
}

/** What was chosen and typed so far, for each server's page: leaving and coming back goes on where it was. A key is kept in memory only. */
const drafts = new Map<string, Draft>();

export function forgetDrafts(): void {
  drafts.clear();
  forgetBuyers();
}

/** The wizard of that page stands where is chosen what to buy: what an order that came to nothing had, support, or what else to add to the license. */
export function goToPurchase(base: string, of: LicenseDocument, wanted?: Order | 'support'): void {
  const chosen = wanted === 'support' ? { support: true } : wanted ? sameAgain(wanted) : {};
  drafts.set(base, { ...UNTOUCHED, start: PURCHASE, page: 'items', adds: of.license !== undefined, cart: { ...NO_CART, ...lastBuyer(base), ...chosen } });
}

/** The wizard of that page stands where the answer to a letter is given. */
export function goToUpload(base: string): void {
  drafts.set(base, { ...UNTOUCHED, ...drafts.get(base), start: 'have-license', page: 'activation', method: OFFLINE, letter: UPLOAD });
}

/** The wizard of that page stands where license servers are chosen, with those that are in use. */
export function goToServers(base: string, of: LicenseDocument): void {
  const servers = of.seat?.servers ?? of.waitsForSeat?.servers ?? [];
  drafts.set(base, { ...UNTOUCHED, start: 'have-license', page: 'servers', method: FLOATING, servers: servers.length > 0 ? [...servers] : [''], features: of.seat?.features, slot: of.seat?.slot ?? '' });
}

const UNTOUCHED: Draft = { page: 'start', start: '', method: '', letter: REQUEST, key: '', answer: '', servers: [''], features: undefined, slot: '', cart: NO_CART, adds: false };

function firstDraft(of: LicenseDocument, base: string): Draft {
  const draft = { ...UNTOUCHED, cart: { ...NO_CART, ...lastBuyer(base) }, start: firstAvailable(of.gettingStarted), method: firstAvailable(of.methods) };
  return of.usageRequest ? { ...draft, start: 'have-license', page: 'activation', method: OFFLINE, letter: UPLOAD } : draft;
}

/** What was seen at license servers is not kept: coming back, they are looked at again. What was to be added to a license goes with the license. */
function resumed(draft: Draft | undefined, of: LicenseDocument): Draft | undefined {
  if (draft?.adds && !of.license) return undefined;
  return draft?.method === FLOATING && (draft.page === 'features' || draft.page === 'activation') ? { ...draft, page: 'servers' } : draft;
}

interface WizardProps {
  api: LicenseApi;
  of: LicenseDocument;
  /** Takes what the server says after each change. */
  onChanged: (document: LicenseDocument) => void;
  onFinish: () => void;
  /** Takes the order that was made. */
  onOrdered: (order: Order) => void;
  /** Reads the license again: something has changed meanwhile. */
  onRead: () => void;
  /** Where the wizard can be left without having done anything. */
  onLeave?: (() => void) | undefined;
  /** Shows the usage request that waits. */
  onShowRequest: () => void;
  /** The guide to the license types, served by the product itself. */
  guide: string;
  /** Somebody has just asked for it: what they pressed is gone, and what they read goes on here. */
  opened: boolean;
}

export function Wizard({ api, of, onChanged, onFinish, onOrdered, onRead, onLeave, onShowRequest, guide, opened }: WizardProps) {
  const [draft, setDraft] = useState<Draft>(() => resumed(drafts.get(api.base), of) ?? firstDraft(of, api.base));
  const [upgrading] = useState(of.usageRequest?.update === true);
  const [verdict, setVerdict] = useState<KeyCheck | undefined>();
  const [letterVerdict, setLetterVerdict] = useState<DocumentCheck | undefined>();
  const change = (next: Partial<Draft>) => setDraft(before => {
    const after = { ...before, ...next };
    drafts.set(api.base, after);
    return after;
  });
  const finish = () => {
    drafts.delete(api.base);
    onFinish();
  };
  /** What was typed has done its work; a key is kept no longer than that. */
  const complete = () => {
    drafts.delete(api.base);
    setDraft(before => ({ ...before, page: 'complete', key: '', answer: '' }));
  };

  const activation = useActivation(api, of, outcome => {
    if (outcome.outcome === 'activated') complete();
    onChanged(outcome.license);
  }, () => change({ page: 'key' }));
  const installation = useMutation({
    mutationFn: api.install,
    onSuccess: outcome => {
      if (outcome.outcome === 'activated' || outcome.outcome === 'acknowledged') complete();
      onChanged(outcome.license);
    },
  });
  const trial = useMutation({
    mutationFn: api.startTrial,
    onSuccess: document => {
      complete();
      onChanged(document);
    },
  });
  const request = useNewRequest(api, of, document => {
    change({ page: 'activation', letter: UPLOAD, key: '' });
    onChanged(document);
    onShowRequest();
  });

  const look = useMutation({ mutationFn: api.look });
  const seat = useMutation({
    mutationFn: api.takeSeat,
    onSuccess: outcome => {
      if (outcome.outcome === 'activated') complete();
      onChanged(outcome.license);
      // In the queue there is nothing more to decide: the page tells where it stands.
      if (outcome.outcome === 'waits-for-seat') finish();
    },
  });

  const { page } = draft;
  const purchase = usePurchase(api, draft.cart, page === 'items' || page === 'buyer', order => {
    drafts.delete(api.base);
    onOrdered(order);
    if (order.checkout && isSafe(order.checkout)) leaving.to(order.checkout);
  }, onRead);
  const onCart = (cart: Partial<Cart>) => {
    purchase.reset();
    change({ cart: { ...draft.cart, ...cart } });
  };
  const buying = draft.start === PURCHASE;
  const trying = draft.start === 'trial';
  const byLetter = !trying && !buying && draft.method === OFFLINE;
  const floating = !trying && !buying && draft.method === FLOATING;
  const working = activation.working || installation.isPending || trial.isPending || request.working || look.isPending || seat.isPending || purchase.working;
  const answered = floating ? seat.data : activation.answer;
  const refusal = answered && answered.outcome !== 'activated' ? answered : undefined;
  const servers = draft.servers.map(addressOf).filter((server, index, all) => server !== '' && all.indexOf(server) === index);
  // What was seen holds for the addresses that were looked at, in any order; the answers come in the order of the questions.
  const seen = new Map(look.variables?.flatMap((server, index) => { const found = look.data?.servers[index]; return found ? [[server, found]] : []; }));
  const looks = servers.flatMap(server => seen.get(server) ?? []);
  const looked = look.data !== undefined && looks.length === servers.length;
  const offered = offeredBy(looks);
  const chosen = draft.features?.filter(name => offered.some(feature => feature.name === name)) ?? offered.map(feature => feature.name);
  const takeSeat = () => {
    change({ page: 'activation' });
    seat.mutate({ servers, ...(chosen.length === offered.length ? {} : { features: chosen }), ...(draft.slot.trim() === '' ? {} : { slot: draft.slot.trim() }) });
  };

  const goOn = () => {
    switch (page) {
      case 'start': change({ page: buying ? 'items' : trying ? 'activation' : 'method' }); break;
      case 'items': change({ page: 'buyer' }); break;
      case 'buyer': purchase.order(); break;
      case 'method': change({ page: byLetter ? 'letter' : floating ? 'servers' : 'key' }); break;
      case 'letter': change({ page: draft.letter === UPLOAD ? 'activation' : 'key' }); break;
      case 'servers':
        if (looked && looks.some(lends)) change({ page: 'features' });
        else {
          change({ servers: draft.servers.map(addressOf) });
          look.mutate(servers);
        }
        break;
      case 'features': takeSeat(); break;
      case 'key':
        if (byLetter) request.make({ key: draft.key });
        else {
          change({ page: 'activation' });
          activation.ask({ key: draft.key });
        }
        break;
      case 'activation':
        if (trying) trial.mutate();
        else if (byLetter) installation.mutate(draft.answer);
        else if (floating) takeSeat();
        else activation.ask({ key: draft.key });
        break;
      case 'complete': finish();
    }
  };
  const goBack = () => {
    for (const one of [activation, installation, trial, request, seat, purchase]) one.reset();
    const before: Record<Page, Page> = { start: 'start', method: 'start', letter: 'method', key: byLetter ? 'letter' : 'method', servers: 'method', features: 'servers', items: 'start', buyer: 'items', activation: trying ? 'start' : byLetter ? 'letter' : floating ? (looked ? 'features' : 'servers') : 'key', complete: 'complete' };
    change({ page: before[page] });
  };

  // A key that is mistyped, or not all there, is not sent; where it could not be checked, it is. So with an answer to a letter.
  const keyReady = draft.key.trim() !== '' && (verdict === undefined || verdict.verdict === 'complete');
  const answerReady = draft.answer.trim() !== '' && (letterVerdict === undefined || letterVerdict.installable);
  const ready = !working && (page !== 'key' || keyReady) && (page !== 'activation' || !byLetter || answerReady) && (page !== 'servers' || servers.length > 0)
    && (page !== 'features' || offered.length === 0 || chosen.length > 0) && (page !== 'activation' || !floating || servers.length > 0)
    && ((page !== 'items' && page !== 'buyer') || purchase.chosen) && (page !== 'buyer' || purchase.buyer);

  const heading = useRef<HTMLHeadingElement>(null);
  const shownPage = useRef(opened ? undefined : page);
  useEffect(() => {
    if (shownPage.current !== page) {
      shownPage.current = page;
      // Who cannot see the page change hears its name; a field for a key or an answer takes the focus by itself.
      if (page !== 'key' && page !== 'servers' && page !== 'buyer' && !(page === 'activation' && byLetter)) heading.current?.focus();
    }
  }, [page, byLetter]);

  return (
    <Section title={<span>{upgrading || draft.adds ? 'Upgrade' : buying ? 'Buy' : 'Activate'} {of.productTitle}</span>} aside={onLeave && page !== 'complete' ? <Button size="small" onClick={onLeave} sx={{ mx: -1.25 }}>Back to the status</Button> : undefined}>
      <Box component="form" noValidate onSubmit={event => { event.preventDefault(); if (ready) goOn(); }}>
        <Stack spacing={3}>
          {draft.adds ? <Steps names={UPGRADE_STEPS} at={page === 'buyer' ? 1 : 0} /> : <Steps names={STEPS} at={STEP_OF[page]} skipped={trying ? [STEP_OF.method, STEP_OF.key] : buying ? [STEP_OF.method] : []} />}
          <Box sx={{ minHeight: { sm: 250 } }}>
            <Typography variant="h3" component="h3" ref={heading} tabIndex={-1} sx={{ mb: 1.5, fontSize: '1rem', outline: 'none' }}>{titleOf(page, draft, working)}</Typography>
            {page === 'start' ? <Choices label="Getting Started" of={startsOf(of)} chosen={draft.start} onChoose={start => change({ start })} /> : null}
            {page === 'method' ? (
              <Stack spacing={1.5}>
                <Choices label="Activation Method" of={methodsOf(of)} chosen={draft.method} onChoose={method => change({ method })} />
                <Link href={guide} variant="body2" target="_blank" rel="noreferrer" sx={{ alignSelf: 'flex-start' }}>The license types, side by side</Link>
              </Stack>
            ) : null}
            {page === 'letter' ? <Choices label="Offline" of={lettersOf(of)} chosen={draft.letter} onChoose={letter => change({ letter })} /> : null}
            {page === 'key' ? (
              <Stack spacing={1.5}>
                <KeyField value={draft.key} onChange={key => change({ key })} check={api.checkKey} onVerdict={setVerdict} autoFocus />
                <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                  {byLetter ? 'This makes a usage request for you to send. The key itself is not in it, only the proof that this server knew it.'
                    : `Next asks the vendor${of.contact?.authority ? ` at ${of.contact.authority}` : ''} and takes one activation of the license. The key itself does not leave this server.`}
                </Typography>
                <Failure of={request.failure} />
              </Stack>
            ) : null}
            {page === 'servers' ? <ServersPage servers={draft.servers} onChange={next => change({ servers: next })} looks={seen} working={look.isPending} failure={look.error} /> : null}
            {page === 'features' ? (
              <FeaturesPage offered={offered} chosen={chosen} onChoose={features => change({ features })} slot={draft.slot} onSlot={slot => change({ slot })} looks={looks} />
            ) : null}
            {page === 'items' ? <ItemsPage of={of} purchase={purchase} cart={draft.cart} onCart={onCart} /> : null}
            {page === 'buyer' ? <BuyerPage of={of} purchase={purchase} cart={draft.cart} onCart={onCart} /> : null}
            {page === 'activation' && trying ? <TrialOffer of={of} failure={trial.error} working={trial.isPending} /> : null}
            {page === 'activation' && byLetter ? (
              <Upload api={api} of={of} text={draft.answer} onText={answer => { installation.reset(); change({ answer }); }} onVerdict={setLetterVerdict} outcome={installation.data}
                failure={installation.error} />
            ) : null}
            {page === 'activation' && !trying && !byLetter && !activation.question ? (
              <Activating whom={floating ? (servers.length === 1 ? `${servers[0]} for a seat` : `${servers.length} license servers for a seat, one after the other`) : `the vendor${of.contact?.authority ? ` at ${of.contact.authority}` : ''} for the license of this server`}
                back={floating ? 'Back leads to the features and the license servers.' : 'Back leads to the key, which is kept as you typed it.'} working={activation.working || seat.isPending} failure={floating ? seat.error : activation.failure} refusal={refusal} />
            ) : null}
            {page === 'complete' ? <Completed of={of} changes={installation.data?.changes ?? []} /> : null}
          </Box>
          <Actions end>
            {page !== 'start' && page !== 'complete' && !(page === 'items' && draft.adds) ? <Button onClick={goBack} disabled={working}>Back</Button> : null}
            <Button type="submit" variant="contained" disabled={!ready} startIcon={page === 'buyer' && purchase.working ? <CircularProgress size={16} color="inherit" aria-label="Working" /> : undefined}>{page === 'activation' && letterVerdict?.kind === 'acknowledgement' ? 'Take the confirmation' : page === 'servers' && !(looked && looks.some(lends)) ? (looked ? 'Look again' : 'Look') : nextLabel(page, trying, byLetter)}</Button>
          </Actions>
        </Stack>
      </Box>
      {request.question ?? activation.question}
    </Section>
  );
}

function nextLabel(page: Page, trying: boolean, byLetter: boolean): string {
  switch (page) {
    case 'complete': return 'Finish';
    case 'activation': return trying ? 'Start the trial' : byLetter ? 'Install usage license' : 'Try again';
    case 'features': return 'Take a seat';
    case 'buyer': return 'Purchase';
    case 'key': return byLetter ? 'Generate Usage Request' : 'Next';
    default: return 'Next';
  }
}

function titleOf(page: Page, { start, method, adds }: Draft, working: boolean): string {
  const trying = start === 'trial';
  switch (page) {
    case 'servers': return 'Which license server?';
    case 'features': return 'Which features?';
    case 'items': return adds ? 'What would you like to add?' : 'What would you like to buy?';
    case 'buyer': return 'Who buys?';
    case 'start': return 'How would you like to begin?';
    case 'method': return 'How does this server get its license?';
    case 'letter': return 'Which way does the letter go?';
    case 'key': return 'Which license?';
    case 'activation':
      if (trying) return 'Start a trial';
      if (method === OFFLINE) return 'Upload Usage License';
      return working ? (method === FLOATING ? 'Asking for a seat' : 'Asking the vendor') : method === FLOATING ? 'This server has no seat' : 'This server was not activated';
    case 'complete': return 'Done';
  }
}

function firstAvailable(of: readonly { id: string; available: boolean }[] | null | undefined): string {
  return of?.find(one => one.available)?.id ?? '';
}

function startsOf(of: LicenseDocument): Option[] {
  return (of.gettingStarted ?? []).map(start => ({ id: start.id, available: start.available, title: STARTS[start.id]?.title ?? start.id, text: start.id === PURCHASE && !start.available ? `Nothing is sold on this page. Ask ${of.vendor?.supportEmail ?? of.vendor?.name ?? 'the vendor'} for a license.` : STARTS[start.id]?.text }));
}

function methodsOf(of: LicenseDocument): Option[] {
  return (of.methods ?? []).map(method => ({ id: method.id, available: method.available, title: METHODS[method.id] ?? method.id, text: method.needs ? <Sentence text={method.needs} /> : undefined }));
}

function lettersOf(of: LicenseDocument): Option[] {
  return [
    {
      id: REQUEST, available: true, title: 'Generate Usage Request',
      text: of.usageRequest ? <>Makes a new letter to the vendor. One waits already, made <Moment at={of.usageRequest.since} as="sentence" />: a new one makes it worthless.</> : 'Makes a letter to the vendor, from your license key.',
    },
    { id: UPLOAD, available: true, title: 'Upload Usage License', text: 'Takes the letter that the vendor sent back.' },
  ];
}

function TrialOffer({ of, failure, working }: { of: LicenseDocument; failure: unknown; working: boolean }) {
  return (
    <Stack spacing={2}>
      <Typography>{of.productTitle} works without a license until the trial ends{of.trial?.duration ? `: ${hours(of.trial.duration)} from now` : ''}. Then it stops, connections are cut, and the trial may be started again.</Typography>
      {working ? <Working text="Starting the trial" /> : null}
      <Failure of={failure} />
    </Stack>
  );
}

function hours(duration: string): string {
  const found = /^PT(\d+)H$/.exec(duration);
  return found ? `${found[1]} ${found[1] === '1' ? 'hour' : 'hours'}` : duration.replace('PT', '').toLowerCase();
}

interface Refusal {
  outcome: string;
  message?: string | null | undefined;
  code?: string | null | undefined;
  retryAfterSeconds?: number | null | undefined;
}

function Activating({ whom, back, working, failure, refusal }: { whom: string; back: string; working: boolean; failure: unknown; refusal: Refusal | undefined }) {
  if (working) return <Working text={`Asking ${whom}`} />;
  let told: ReactNode = null;
  if (failure) told = <Note kind="warning"><Message text={messageOf(failure)} code={failure instanceof Problem ? failure.code : undefined} /></Note>;
  else if (refusal) {
    told = (
      <Note kind={refusal.outcome === 'refused' ? 'error' : 'warning'}>
        <Message text={refusal.message ?? 'The license was not given.'} code={refusal.code} />
      </Note>
    );
  } else {
    // Left in the middle of it: whether it went through is what the page above says; asking again takes no second activation.
    told = <Typography>Asking was interrupted. Try again: the same server takes no second one.</Typography>;
  }
  return (
    <Stack spacing={1.5}>
      {told}
      {refusal?.retryAfterSeconds ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>Worth trying again after {refusal.retryAfterSeconds} seconds.</Typography> : null}
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>{back}</Typography>
    </Stack>
  );
}

function Completed({ of, changes }: { of: LicenseDocument; changes: readonly { kind: string; text: string }[] }) {
  const included = [...(of.license?.features ?? []), ...(of.license?.meters ?? [])].filter(one => one.active).map(one => one.title ?? one.name);
  return (
    <Stack spacing={2}>
      <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
        <Box aria-hidden sx={{ width: 40, height: 40, borderRadius: '50%', display: 'grid', placeItems: 'center', flex: 'none', bgcolor: 'success.light', color: 'success.main' }}><Icon name="good" /></Box>
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650, overflowWrap: 'anywhere' }}><Sentence text={of.headline} /></Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}><Message text={of.meaning} code={of.code} /></Typography>
        </Box>
      </Stack>
      {of.license ? (
        <Facts of={[
          ['License ID', <Code of={of.license.id} />],
          ['Includes', included.join(', ')],
          ['Activations', of.license.activationsTotal && !of.seat ? `${of.license.activationsUsed ?? 0} of ${of.license.activationsTotal} used` : undefined],
        ]} />
      ) : null}
      <Taken of={of} />
      {changes.length > 0 ? <Box><Typography sx={{ fontWeight: 600 }}>What changed:</Typography><Changes of={changes} /></Box> : null}
    </Stack>
  );
}
