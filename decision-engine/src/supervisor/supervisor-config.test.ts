import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDatabaseConfig, loadSupervisorConfig } from './supervisor-config.js';

describe('loadSupervisorConfig', () => {
  test('reads each setting from its own variable', () => {
    expect(
      loadSupervisorConfig({
        MONGODB_URI: 'mongodb://db.example.com/one',
        SEGUE_DATA: '/data/two',
        HOST: '10.3.3.3',
        PORT: '4104',
        CONSOLE_PORT: '3105',
      }),
    ).toEqual({
      mongodbUri: 'mongodb://db.example.com/one',
      dataFolder: resolve('/data/two'),
      host: '10.3.3.3',
      port: 4104,
      consolePort: 3105,
    });
  });

  test('has defaults, and takes an empty variable as not set', () => {
    expect(loadSupervisorConfig({ PORT: '', MONGODB_URI: '' })).toEqual({
      mongodbUri: null,
      dataFolder: resolve(import.meta.dirname, '..', '..', '..', '.data'),
      host: '127.0.0.1',
      port: 4000,
      consolePort: 3000,
    });
  });

  test.each(['0', '65536', '80.5', 'http'])(
    'refuses %s as a port, naming the variable and the value',
    (port) => {
      expect(() => loadSupervisorConfig({ CONSOLE_PORT: port })).toThrow(`got ${port}`);
      expect(() => loadSupervisorConfig({ CONSOLE_PORT: port })).toThrow('CONSOLE_PORT');
    },
  );

  test('refuses one port for both servers', () => {
    expect(() => loadSupervisorConfig({ PORT: '3000' })).toThrow(
      'Expected "CONSOLE_PORT" to differ from "PORT"',
    );
  });

  test('never repeats a database address, which may hold a password', () => {
    const load = () => loadSupervisorConfig({ MONGODB_URI: 'postgres://user:secret@host' });
    expect(load).toThrow('MONGODB_URI');
    expect(load).not.toThrow('secret');
  });
});

describe('loadDatabaseConfig', () => {
  test('needs nothing to be set, and no ports', () => {
    expect(loadDatabaseConfig({ PORT: 'nonsense' })).toMatchObject({ mongodbUri: null });
  });
});
