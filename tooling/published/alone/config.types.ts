import { apply, load, type Note, type Settings, settingsRegistry } from '@switchgear/config';
import type { Registry } from '@switchgear/core';

const settings: Settings = load('breakers: { payments: { openFor: 30s } }', { as: 'switchgear', env: {} });
export const registry: Registry = settingsRegistry(settings);
export const notes: readonly Note[] = apply('breakers: {}', registry).settings.notes;
