import * as z from 'zod';
import { flag, instant, number, text } from './parts';

export const heartrate = z.looseObject({ timestamp: instant, timestamp_unix: number, bpm: z.number(), source: text });

export const ringBatteryLevel = z.looseObject({
  timestamp: instant,
  timestamp_unix: number,
  charging: flag,
  in_charger: flag,
  level: z.number(),
});

export const ringConfiguration = z.looseObject({
  id: text,
  color: text,
  design: text,
  firmware_version: text,
  hardware_type: text,
  set_up_at: instant.nullish(),
  size: number,
});

export const personalInfo = z.looseObject({
  id: z.string().min(1),
  age: number,
  weight: number,
  height: number,
  biological_sex: text,
  email: text,
});
