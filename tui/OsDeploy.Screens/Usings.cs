// The only file that names the toolkit: the screens compile against Terminal.Gui by changing it.
global using OsDeploy.Tui.App;
global using OsDeploy.Tui.Configuration;
global using OsDeploy.Tui.Drawing;
global using OsDeploy.Tui.Input;
global using OsDeploy.Tui.ViewBase;
global using OsDeploy.Tui.Views;
