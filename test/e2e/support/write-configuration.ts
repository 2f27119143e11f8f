import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The integrations a person has by default, without those that look for devices in the network. */
const configuration = (port: number, timeZone: string): string => `homeassistant:
  name: Test
  time_zone: ${timeZone}
  latitude: 52.0
  longitude: 5.0
  elevation: 0
  unit_system: metric
  currency: EUR
  country: NL
http:
  server_host: 127.0.0.1
  server_port: ${port}
logger:
  default: info
api:
websocket_api:
config:
auth:
onboarding:
frontend:
lovelace:
  mode: storage
recorder:
  commit_interval: 1
history:
logbook:
conversation:
persistent_notification:
automation: !include automations.yaml
script: !include scripts.yaml
`;

/** Writes what a new Home Assistant starts with. @param timeZone such as `Europe/Berlin` */
export function writeConfiguration(folder: string, port: number, timeZone: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'configuration.yaml'), configuration(port, timeZone));
  for (const included of ['automations.yaml', 'scripts.yaml']) writeFileSync(path.join(folder, included), '');
}
