import { Users, type Roles } from '@charter/console-kit';

const ROLES: Roles = [
  ['viewer', 'Viewer', 'Sees everything but users, exports and audit'], ['operator', 'Operator', 'May also set the queue and reserve seats'], ['administrator', 'Administrator', 'May do everything'],
];

export default function ConsoleUsers() {
  return <Users roles={ROLES}>Products need no user: each asks for its seat with a key of its own.</Users>;
}
