import { startConsole } from '@charter/console-kit/start';
import { App } from './App';

startConsole(App);
