/** The console's REST API without a server behind it, with nothing, a little, or ten thousand of everything. */
import type { ReadOf } from '../mqtt-console/src/api';
import { MockLicense, type Answered, type Scene } from './license';

export interface ConsoleScene extends Scene {
  amount?: 'nothing' | 'usual' | 'many';
  entered?: boolean;
  setupNeeded?: boolean;
  role?: string;
  webSocket?: boolean;
}

const LONG = 'a-very-long-name-of-something-in-a-plant-'.repeat(5).slice(0, 200);

export class MockConsole {
  readonly license: MockLicense;
  entered: boolean;
  setupNeeded: boolean;
  readonly asked: string[] = [];
  readonly bodies: unknown[] = [];

  constructor(readonly scene: ConsoleScene = { state: 'licensed' }, private readonly clock: () => number = Date.now) {
    this.license = new MockLicense(scene, clock);
    this.entered = scene.entered ?? true;
    this.setupNeeded = scene.setupNeeded ?? false;
  }

  handle(method: string, path: string, body: unknown, query: URLSearchParams): Answered | undefined {
    this.asked.push(`${method} ${path}${query.size > 0 ? `?${query.toString()}` : ''}`);
    this.bodies.push(body);
    const license = this.license.handle(method, path, body);
    if (license) return license;
    if (method === 'GET') {
      const shown = this.read(path, query);
      return shown === undefined ? undefined : { status: 200, body: shown };
    }
    return this.change(method, path, body);
  }

  private change(method: string, path: string, body: unknown): Answered | undefined {
    switch (`${method} ${path}`) {
      case 'POST /api/setup':
        if ((body as { token: string }).token !== 'good-token') return this.refused(403, 'NOT_KNOWN', 'That is not the setup token of this start. The server tells it at its start, on standard output or in the file that its settings name.');
        this.setupNeeded = false;
        this.entered = true;
        return { status: 200, body: this.session() };
      case 'POST /api/session':
        if ((body as { password: string }).password !== 'correct horse') return this.refused(403, 'NOT_KNOWN', 'That name and that password do not belong together.');
        this.entered = true;
        return { status: 200, body: this.session() };
      case 'DELETE /api/session':
        this.entered = false;
        return { status: 204, body: undefined };
      case 'POST /api/clients/delete-disconnected': return { status: 200, body: { deleted: 3 } };
      case 'PUT /api/listeners': return { status: 200, body: { items: this.listeners(), restartNeeded: true } };
      default: return { status: 200, body: {} };
    }
  }

  private refused(status: number, code: string, detail: string): Answered {
    return { status, body: { title: 'Refused.', detail, code, status } };
  }

  private session(): ReadOf<'/api/session'> {
    return { setupNeeded: this.setupNeeded, ...(this.entered && !this.setupNeeded ? { user: { name: 'admin', role: this.scene.role ?? 'administrator' } } : {}), product: 'MQTT Server', version: '0.1.0' };
  }

  private ago(seconds: number): string {
    return new Date(this.clock() - seconds * 1000).toISOString();
  }

  private count(usual: number): number {
    return this.scene.amount === 'nothing' ? 0 : this.scene.amount === 'many' ? 10_000 : usual;
  }

  private name(usual: string, index: number): string {
    return this.scene.long && index === 0 ? LONG : usual;
  }

  private some<Row>(query: URLSearchParams, total: number, row: (index: number) => Row) {
    const from = Number(query.get('after') ?? 0);
    const to = Math.min(total, from + Number(query.get('limit') ?? 50));
    return { items: Array.from({ length: Math.max(0, to - from) }, (_, index) => row(from + index)), ...(to < total ? { next: String(to) } : {}), total };
  }

  private read(path: string, query: URLSearchParams): unknown {
    const inPath = path.split('/').map(decodeURIComponent);
    switch (path) {
      case '/api/session': return this.session();
      case '/api/overview': return this.overview();
      case '/api/overview/history': return this.history(Number(query.get('minutes') ?? 60));
      case '/api/clients': {
        const wanted = (query.get('search') ?? '').toLowerCase();
        const all = Array.from({ length: this.count(7) }, (_, index) => this.client(index))
          .filter(one => one.clientId.toLowerCase().includes(wanted))
          .filter(one => !query.get('connected') || String(one.connected) === query.get('connected'));
        if (query.get('order') === 'desc') all.reverse();
        return this.some(query, all.length, index => all[index]);
      }
      case '/api/topics': return this.topics(query);
      case '/api/retained': return this.some(query, this.count(6), index => ({ topic: this.name(`plant/line-${index + 1}/state`, index), qos: 1, bytes: 180 * (index + 1) }));
      case '/api/mqtt-users': return { items: Array.from({ length: Math.min(500, this.count(4)) }, (_, index) => ({ name: this.name(`line-${index + 1}`, index), enabled: index !== 2, rules: index === 3 ? [] : [{ action: 'publish', allow: true, filter: `plant/line-${index + 1}/#` }, { action: 'subscribe', allow: true, filter: 'plant/%u/commands/+' }, { action: 'both', allow: false, filter: 'plant/+/secret/#' }, { action: 'both', allow: true, filter: '%c/#' }] })) };
      case '/api/listeners': return { items: this.listeners(), restartNeeded: false };
      case '/api/certificates': return { items: this.count(1) === 0 ? [] : [{ name: 'plant', subject: 'CN=mqtt.plant.example', issuer: 'CN=Plant CA', names: ['mqtt.plant.example', '10.0.0.4'], from: this.ago(8e6), until: this.ago(-2e7), fingerprint: Array.from({ length: 32 }, (_, index) => (index * 7 + 16).toString(16).padStart(2, '0')).join(':'), usedBy: ['tls'], fromSettings: false }] };
      case '/api/users': return { items: [{ name: 'admin', role: 'administrator', createdAt: this.ago(9e6) }, { name: this.name('shift', 0), role: 'operator', createdAt: this.ago(4e5) }] };
      case '/api/audit': return { items: Array.from({ length: Math.min(50, this.count(8)) }, (_, index) => ({ at: this.ago(index * 4000 + 20), who: index === 3 ? '' : 'admin', action: ['POST /api/license/activations', 'PUT /api/mqtt-users/{name}', 'POST /api/session', 'POST /api/session', 'start'][index % 5], target: index % 5 === 1 ? 'line-1' : '', status: index === 3 ? 403 : index % 5 === 4 ? 0 : 200, detail: '', address: '127.0.0.1' })), ...(this.scene.amount === 'many' ? { next: '50' } : {}) };
      case '/api/logs': return { items: Array.from({ length: Math.min(200, this.count(9)) }, (_, index) => this.logLine(index)) };
      case '/api/logs/level': return { server: 'info', broker: 'warn' };
      case '/api/system': return this.system();
      case '/api/system/doctor': return { at: this.ago(0), checks: [
        { name: 'clock', title: 'Clock', verdict: 'good', finding: 'The clock agrees with the vendor to 0.4 s.', advice: '' },
        { name: 'authority', title: 'Vendor reached', verdict: 'bad', finding: 'The vendor was not reached at http://licenses.example: connection refused.', advice: 'Check the network and CHARTER_MQTT_PROXY. The license goes on without contact.' },
        { name: 'certificates', title: 'Certificates', verdict: 'warning', finding: `The certificate plant ends {${this.ago(-8e5)}}.`, advice: 'Renew it under Listeners and certificates.' },
        { name: 'fingerprint', title: 'Fingerprint', verdict: 'good', finding: '5 of 5 marks match.', advice: '' },
      ] };
      case '/api/sparkplug': return { groups: this.count(1) === 0 ? [] : [{ name: this.name('Plant A', 0), nodes: [{ name: 'press-line', online: true, bornAt: this.ago(7200), devices: [{ name: 'press-1', online: true, bornAt: this.ago(7100) }, { name: 'press-2', online: false, bornAt: this.ago(7100), diedAt: this.ago(300) }] }, { name: 'pump-house', online: false, bornAt: this.ago(90_000), diedAt: this.ago(4000), devices: [] }] }, { name: 'Plant B', nodes: [{ name: 'mixer', online: true, bornAt: this.ago(60), devices: [] }] }] };
      default:
    }
    if (path.startsWith('/api/sparkplug/')) return { online: true, bornAt: this.ago(7200), metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: 'false', at: this.ago(7200) }, { name: 'Temperature', type: 'Double', value: '21.75', at: this.ago(2) }, { name: this.name('Pressure', 0), type: 'Float', value: '4.2', at: this.ago(3) }, { name: 'Fault text', type: 'String', at: this.ago(30) }] };
    if (path.startsWith('/api/retained/')) return { topic: 'plant/line-1/state', qos: 1, bytes: 62, payload: 'eyJ0ZW1wZXJhdHVyZSI6MjEuNSwidW5pdCI6IkMifQ==', text: '{"temperature":21.5,"unit":"C","line":"line-1","healthy":true}', contentType: 'application/json' };
    if (path.startsWith('/api/clients/')) {
      const id = Buffer.from(inPath[3] ?? '', 'base64url').toString('utf8');
      return { client: { ...this.client(0), clientId: id }, subscriptions: [{ filter: 'plant/+/commands', qos: 1, noLocal: false, retainAsPublished: false }, { filter: `plant/${id}/#`, qos: 0, noLocal: true, retainAsPublished: false }], events: [{ at: this.ago(60), kind: 'subscribed', text: 'Subscribed to plant/+/commands (QoS 1)' }, { at: this.ago(61), kind: 'connected', text: 'Connected from 10.0.0.17:50122 with MQTT 5, as line-1' }, { at: this.ago(4000), kind: 'disconnected', text: 'Disconnected: keep-alive timed out' }] };
    }
    return undefined;
  }

  private overview(): ReadOf<'/api/overview'> {
    const on = this.scene.amount !== 'nothing';
    const of = this.license.document();
    return {
      uptimeSeconds: 183_000, connected: this.count(482), retained: this.count(1210), subscriptions: this.count(1904), queued: on ? 12 : 0,
      rates: on ? { publishesIn: 1250.4, publishesOut: 4810.2, bytesIn: 182_000, bytesOut: 702_000, dropped: 0 } : { publishesIn: 0, publishesOut: 0, bytesIn: 0, bytesOut: 0, dropped: 0 },
      totals: on ? { publishesIn: 212_000_431, publishesOut: 871_100_221, bytesIn: 3.1e10, bytesOut: 1.2e11, dropped: 0 } : { publishesIn: 0, publishesOut: 0, bytesIn: 0, bytesOut: 0, dropped: 0 },
      heapUsedBytes: 96e6, heapMaxBytes: 268e6, license: { state: of.state, headline: of.headline, licensed: of.licensed, configurationLocked: of.configurationLocked },
    };
  }

  private history(minutes: number): ReadOf<'/api/overview/history'> {
    const steps = this.scene.amount === 'nothing' ? 1 : minutes * 6;
    const wave = (mean: number, swing: number, phase: number) => Array.from({ length: steps }, (_, index) => Math.max(0, mean + swing * Math.sin(index / 23 + phase) + (swing / 3) * Math.sin(index / 3.1)));
    return { from: this.ago(steps * 10), stepSeconds: 10, series: { publishesIn: wave(1200, 300, 0), publishesOut: wave(4500, 900, 0.4), bytesIn: wave(180_000, 40_000, 0), bytesOut: wave(690_000, 120_000, 0.4), connected: wave(480, 4, 1).map(Math.round), dropped: wave(0, 0, 0) } };
  }

  private client(index: number): ReadOf<'/api/clients'>['items'][number] {
    const connected = index % 3 !== 1;
    return {
      clientId: this.name(`line-${index + 1}-controller`, index), connected, username: `line-${index + 1}`, ...(connected ? { ip: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`, listener: 'tcp' } : {}), protocol: index % 2 === 0 ? 'MQTT 5' : 'MQTT 3.1.1',
      keepAlive: 60, cleanStart: false, sessionExpirySeconds: 86_400, connectedAt: this.ago(7200 + index * 60), ...(connected ? {} : { disconnectedAt: this.ago(300 + index) }), subscriptions: (index % 5) + 1, queued: connected ? 0 : index * 3,
    };
  }

  private topics(query: URLSearchParams): ReadOf<'/api/topics'> {
    const parent = query.get('parent') ?? '';
    const depth = parent === '' ? 0 : parent.split('/').length;
    const total = this.scene.amount === 'nothing' ? 0 : depth === 0 ? 3 : depth === 1 ? this.count(5) : depth === 2 ? 3 : 0;
    const names = depth === 0 ? ['plant', 'spBv1.0', '$share-notes'] : depth === 2 ? ['state', 'temperature', 'commands'] : undefined;
    return this.some(query, total, index => {
      const name = names?.[index] ?? this.name(`line-${index + 1}`, index);
      return { name, topic: parent === '' ? name : `${parent}/${name}`, children: depth === 0 ? this.count(5) : depth === 1 ? 3 : 0, messages: depth === 2 ? 12_345 + index : 0, ...(depth === 2 ? { lastSeen: this.ago(3 + index) } : {}), retained: depth === 2 && index === 0 };
    });
  }

  private listeners(): ReadOf<'/api/listeners'>['items'] {
    return [
      { name: 'tcp', kind: 'tcp', address: '127.0.0.1', port: 1883, enabled: true, listensOn: 1883, fromSettings: true },
      { name: this.name('tls', 0), kind: 'tls', address: '0.0.0.0', port: 8883, enabled: true, certificate: 'plant', listensOn: 8883, fromSettings: false },
      ...(this.scene.webSocket === false ? [] : [{ name: 'ws', kind: 'ws', address: '127.0.0.1', port: 8000, enabled: true, listensOn: 8000, fromSettings: false }]),
      { name: 'wss', kind: 'wss', address: '0.0.0.0', port: 8884, enabled: false, certificate: 'plant', fromSettings: false },
    ];
  }

  private logLine(index: number): ReadOf<'/api/logs'>['items'][number] {
    const level = ['info', 'info', 'warn', 'info', 'error'][index % 5] ?? 'info';
    return { number: 10_000 - index, at: this.ago(index * 17), level, logger: 'dev.charter.mqtt.licensing.LicenseGate', thread: 'main', message: this.name({ info: 'The license was fetched; nothing had changed.', warn: 'The vendor was not reached: connection refused. It is tried again in 5 min.', error: 'A page could not be read.' }[level] ?? '', index), traceId: level === 'error' ? '7f3k2m9q' : '', fault: level === 'error' ? 'java.io.IOException: broken pipe\n  at dev.charter.mqtt.web.EachRequest.of(EachRequest.java:31)\n' : '' };
  }

  private system(): ReadOf<'/api/system'> {
    return {
      product: 'MQTT Server', version: '0.1.0', now: this.ago(0), startedAt: this.ago(183_000), uptimeSeconds: 183_000, hostName: this.name('plant-a', 0), operatingSystem: 'Linux 6.1 (amd64)', java: '25.0.3+9', processors: 2, heapUsedBytes: 96e6, heapMaxBytes: 268e6,
      dataFolder: this.scene.long ? `/srv/${LONG}` : '/var/lib/charter-mqtt', diskFreeBytes: 21e9, diskTotalBytes: 40e9,
      settings: [
        { name: 'CHARTER_MQTT_DATA', value: '/var/lib/charter-mqtt', source: 'environment', meaning: 'the data folder' },
        { name: 'CHARTER_MQTT_MQTT_PORT', value: '1883', source: 'default', meaning: 'the port of MQTT over TCP; 0 takes any free one; off for none' },
        { name: 'CHARTER_MQTT_LICENSE_KEY', value: '***', source: 'file', meaning: 'a license key that is activated at the start' },
        { name: 'CHARTER_MQTT_MAX_QUEUED_MESSAGES', value: '1000', source: 'default', meaning: 'messages that wait for one client that is away or slow; more than that are dropped, the newest first' },
      ],
    };
  }
}
