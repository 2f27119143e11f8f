import type { EndpointKey } from '../lib/catalogue/endpoints';

/** What this package uses of Node-RED's editor and of its jQuery, in 4.1 and 5. */
declare global {
  /** A text by its key, with `__name__` filled in. */
  type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

  interface EditorNode {
    readonly id: string;
    readonly type: string;
    readonly name?: string;
    readonly slug?: string;
    readonly mode?: string;
    readonly via?: string;
    readonly entities?: string;
    readonly discoveryPrefix?: string;
    readonly language?: string;
    readonly storage?: string;
    readonly onRemove?: string;
    readonly interval?: string | number;
    readonly dailyBudget?: string | number;
    readonly families?: unknown;
    readonly retentionDays?: unknown;
    readonly version?: unknown;
    /** Where it belongs to: a subflow, or empty = on all flows. */
    readonly z?: string;
    /** Disabled. */
    readonly d?: boolean;
  }

  interface JqXhr {
    readonly status: number;
    readonly statusText: string;
    readonly responseJSON?: unknown;
  }

  interface AjaxRequest {
    /** Without a leading slash: only then does the editor add the login. */
    readonly url: string;
    readonly method: 'GET' | 'POST';
    readonly dataType: 'json';
    readonly contentType: 'application/json';
    /** ms */
    readonly timeout: number;
    readonly data?: string;
    readonly cache: boolean;
    readonly success: (answer: unknown) => void;
    readonly error: (xhr: JqXhr, status: string) => void;
  }

  interface SidebarTab {
    readonly id: string;
    readonly label: string;
    readonly name: string;
    readonly content: unknown;
    readonly iconClass: string;
    readonly enableOnEdit: boolean;
    readonly pinned: boolean;
    readonly action: string;
    readonly onchange: () => void;
  }

  interface NotificationOptions {
    readonly type: 'success' | 'warning' | 'error';
    /** Stays until it is closed. */
    readonly fixed: boolean;
    readonly buttons: readonly { readonly text: string; readonly class?: string; readonly click: () => void }[];
  }

  type CommsListener = (topic: string, message: unknown) => void;

  const RED: {
    readonly _: Translate;
    readonly nodes: {
      node(id: string): EditorNode | null | undefined;
      /** A subflow by its id. */
      subflow(id: string): object | null | undefined;
      /** Stops when the callback returns false. */
      eachConfig(callback: (node: EditorNode) => unknown): void;
      /** The definition of a type; null = it is not installed. */
      getType(type: string): object | null | undefined;
      dirty(): boolean;
    };
    readonly editor: { editConfig(name: string, type: string, id: string): void };
    readonly sidebar: { show(id: string): void; addTab(tab: SidebarTab): void };
    readonly actions: { add(name: string, handler: () => void): void; invoke(name: string): void };
    readonly comms: { subscribe(topic: string, listener: CommsListener): void; unsubscribe(topic: string, listener: CommsListener): void };
    readonly events: { on(name: string, listener: () => void): void; off(name: string, listener: () => void): void };
    readonly plugins: {
      registerPlugin(id: string, plugin: { readonly type: string; readonly onadd: () => void }): void;
    };
    /** @param message markup */
    notify(message: string, options: NotificationOptions): { close(): void };
    /** True for everybody where no login is needed. */
    readonly user: { hasPermission(permission: string): boolean };
    readonly workspaces: { count(): number };
    readonly utils: { getNodeLabel(node: EditorNode, otherwise: string): string };
  };

  const $: {
    ajax(request: AjaxRequest): void;
    (content: string | Element): unknown;
  };

  /** Every family of data in the order of the catalogue; put in by the build, because the catalogue itself brings its schemas along. */
  const FAMILIES: readonly EndpointKey[];

  /** Every language that this package has texts in, such as `en-US`; put in by the build. */
  const LANGUAGES: readonly string[];
  /** What an oura-entities node may publish, group by group; put in by the build for the same reason. */
  const ENTITY_GROUPS: readonly { readonly group: string; readonly keys: readonly string[] }[];
}
