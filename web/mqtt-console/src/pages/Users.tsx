import { Users, type Roles } from '@charter/console-kit';

const ROLES: Roles = [
  ['viewer', 'Viewer: sees everything but users and audit'], ['operator', 'Operator: may also disconnect and delete clients and retained messages'], ['administrator', 'Administrator: may do everything'],
];

export default function MqttUsers() {
  return <Users roles={ROLES}>MQTT clients have credentials of their own.</Users>;
}
