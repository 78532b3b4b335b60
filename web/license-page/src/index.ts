export { LicenseBanner } from './LicenseBanner';
export { LicensePage } from './LicensePage';
export { putLicense, useLicense } from './useLicense';
export type { LicenseDocument } from './api';
