using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>A screen in the menu.</summary>
/// <param name="Group">Title of the menu it is in, with its hot key.</param>
/// <param name="Title">Read each time: the language may change.</param>
internal sealed record ScreenEntry(Func<string> Group, Func<string> Title, Func<ScreenView> Open);
