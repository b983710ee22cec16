namespace OsDeploy.Screens.Shell;

/// <summary>A column of a list.</summary>
/// <param name="Text">Of one row; foreign texts are cleaned on their way to the screen.</param>
/// <param name="Most">Columns it may take at most.</param>
/// <param name="Least">Columns it may shrink to where the list is too wide.</param>
internal sealed record Column<T>(string Title, Func<T, string> Text, int Most = 40, int Least = 6, bool IsRight = false);
