import { describeEditor } from './suites/editor';

describeEditor('node-red');
