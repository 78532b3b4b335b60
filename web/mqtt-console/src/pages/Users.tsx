import { Users, type Roles } from '@charter/console-kit';

const ROLES: Roles = [
  ['viewer', 'Viewer', 'Sees everything but users and audit'], ['operator', 'Operator', 'May also disconnect and delete clients and retained messages'], ['administrator', 'Administrator', 'May do everything'],
];

export default function MqttUsers() {
  return <Users roles={ROLES}>MQTT clients have credentials of their own.</Users>;
}
