import type { EntityCommand, EntityDefinition } from '../entity';

/** What a message at a control's command topic asks for. @returns null when it is no command of that control */
export function readCommand({ key, component }: EntityDefinition, payload: string): EntityCommand | null {
  switch (component) {
    case 'switch':
      return payload === 'ON' || payload === 'OFF' ? { key, value: payload === 'ON' } : null;
    case 'number': {
      const value = payload.trim() === '' ? NaN : Number(payload);
      return Number.isFinite(value) ? { key, value } : null;
    }
    case 'button':
      return payload === 'PRESS' ? { key, value: null } : null;
    case 'select':
    case 'text':
      return { key, value: payload };
    default:
      return null;
  }
}
