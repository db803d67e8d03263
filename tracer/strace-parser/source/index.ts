export type {
  Call,
  Dump,
  ErrorResult,
  Event,
  Exit,
  Frame,
  Killed,
  Notice,
  RestartResult,
  Result,
  SignalDelivery,
  Stop,
  Superseded,
  Time,
  UnknownResult,
  Unparsed,
  ValueResult,
} from './event.js';
export { argument, field } from './field.js';
export { parse } from './parse.js';
export { createParser, type Parser } from './parser.js';
export { utf8 } from './utf8.js';
export type {
  ArrayValue,
  ChangeValue,
  Device,
  FdValue,
  Field,
  FlagsValue,
  MacroValue,
  NamedValue,
  NullValue,
  NumberValue,
  OpaqueValue,
  PidValue,
  Socket,
  StringValue,
  StructValue,
  Value,
} from './value.js';
