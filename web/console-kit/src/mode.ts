import type { ModeChoice } from '@charter/kit';

export interface ModeProps {
  mode: ModeChoice;
  onMode: (mode: ModeChoice) => void;
}

const NAME = 'charter-mode';

export function keptMode(): ModeChoice {
  try {
    const kept = localStorage.getItem(NAME);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system'; // a browser that keeps nothing
  }
}

export function keepMode(mode: ModeChoice): void {
  try {
    localStorage.setItem(NAME, mode);
  } catch {
    // A browser that keeps nothing: the choice holds for this visit.
  }
}
