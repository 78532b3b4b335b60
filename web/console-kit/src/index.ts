export { addressOf, apiOf, inAddress, useReading, type Answered, type Pages, type Reading } from './api';
export { doneColumns, type DoneWords } from './Done';
export { Frame } from './Frame';
export { Listing, SearchField, useSettled, type Column, type Sorting } from './Listing';
export type { ModeProps } from './mode';
export { PageHead, Tile } from './Page';
export { useMay, useSession, type Session } from './session';
export type { MenuOf } from './Shell';
export { Users, type Roles } from './Users';
