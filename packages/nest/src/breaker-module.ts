// biome-ignore-all lint/complexity/noStaticOnlyClass: Nest knows a module by its class
import type {
  DynamicModule,
  InjectionToken,
  ModuleMetadata,
  OptionalFactoryDependency,
  Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { BreakerInterceptor } from './breaker-interceptor.ts';
import { CircuitHealth } from './circuit-health.ts';
import { CircuitOpenFilter } from './circuit-open-filter.ts';
import { type BreakerModuleOptions, type BreakerSettings, checked } from './options.ts';

/** What provides the registry: `@Inject(BREAKERS) breakers: Registry`. */
export const BREAKERS: symbol = Symbol.for('@switchgear/nest/breakers');

const SETTINGS = Symbol.for('@switchgear/nest/settings');

/** Options of `BreakerModule.forRootAsync`, as modules of Nest have them. */
export interface BreakerModuleAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  /**
   * What the factory is given.
   *
   * @default []
   */
  readonly inject?: (InjectionToken | OptionalFactoryDependency)[];
  /** Makes the options. */
  readonly useFactory: (...injected: never[]) => BreakerModuleOptions | Promise<BreakerModuleOptions>;
}

/**
 * Puts breakers around the handlers that `@UseBreaker` marks, and answers refusals with 503. It is global: import it once.
 * It provides the registry as `BREAKERS`, and `CircuitHealth`.
 *
 * @example
 * ```ts
 * @Module({ imports: [BreakerModule.forRoot()], controllers: [Reports] })
 * export class AppModule {}
 * ```
 */
export class BreakerModule {
  /** @throws {TypeError} for an unknown option or one of the wrong type */
  static forRoot(options: BreakerModuleOptions = {}): DynamicModule {
    return moduleWith({ provide: SETTINGS, useValue: checked(options) });
  }

  /** The options come from a factory, for example from a configuration service. */
  static forRootAsync({ imports = [], inject = [], useFactory }: BreakerModuleAsyncOptions): DynamicModule {
    const settings = async (...injected: unknown[]) => checked(await useFactory(...(injected as never[])));
    return { ...moduleWith({ provide: SETTINGS, useFactory: settings, inject }), imports };
  }
}

function moduleWith(settings: Provider): DynamicModule {
  return {
    module: BreakerModule,
    global: true,
    providers: [
      settings,
      { provide: BREAKERS, useFactory: ({ registry }: BreakerSettings) => registry, inject: [SETTINGS] },
      {
        provide: CircuitHealth,
        useFactory: ({ registry }: BreakerSettings) => new CircuitHealth(registry),
        inject: [SETTINGS],
      },
      {
        provide: APP_INTERCEPTOR,
        useFactory: (given: BreakerSettings) => new BreakerInterceptor(given),
        inject: [SETTINGS],
      },
      { provide: APP_FILTER, useClass: CircuitOpenFilter },
    ],
    exports: [BREAKERS, CircuitHealth],
  };
}
