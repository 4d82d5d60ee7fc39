/** Runs before the first paint, so that a dark dashboard never flashes white. */
import { applyTheme, storedTheme } from './theme.ts';

applyTheme(storedTheme());
