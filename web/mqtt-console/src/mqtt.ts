import mqtt, { type IConnackPacket, type MqttClient } from 'mqtt';

export interface Received {
  number: number;
  at: string;
  topic: string;
  text: string;
  qos: number;
  retain: boolean;
}

export interface Listening {
  onState: (state: 'connecting' | 'connected' | 'away', why?: string) => void;
  onMessage: (message: Received) => void;
}

let count = 0;

/** Connects a client to this server; it does not come back by itself, so that a refusal is seen. */
export function connect(address: string, given: { clientId: string; username: string; password: string }, to: Listening): MqttClient {
  const client = mqtt.connect(address, {
    clientId: given.clientId,
    ...(given.username === '' ? {} : { username: given.username, password: given.password }),
    protocolVersion: 5,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: 10_000,
    // Its other timers are made in a worker from a blob, which the page's content security policy forbids.
    timerVariant: 'native',
  });
  let why: string | undefined;
  client.on('packetreceive', packet => {
    if (packet.cmd === 'connack') {
      const answer = packet as IConnackPacket;
      if ((answer.reasonCode ?? 0) !== 0) why = answer.properties?.reasonString ?? why;
    }
    if (packet.cmd === 'disconnect') why = packet.properties?.reasonString ?? why;
  });
  client.on('connect', () => to.onState('connected'));
  client.on('error', problem => { why ??= problem.message; });
  client.on('close', () => to.onState('away', why));
  client.on('message', (topic, payload, packet) => {
    const bytes = new Uint8Array(payload);
    to.onMessage({ number: ++count, at: new Date().toISOString(), topic, text: textOf(bytes), qos: packet.qos, retain: packet.retain });
  });
  to.onState('connecting');
  return client;
}

/** The payload as a text where it is one, else in hexadecimal. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return [...bytes.subarray(0, 256)].map(byte => byte.toString(16).padStart(2, '0')).join(' ') + (bytes.length > 256 ? ' …' : '');
  }
}
