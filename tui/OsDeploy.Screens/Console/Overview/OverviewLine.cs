namespace OsDeploy.Screens.Console.Overview;

/// <summary>One line of the first screen.</summary>
/// <param name="Id">Stays from look to look.</param>
/// <param name="Sign"><c>!</c> somebody must look, <c>&gt;</c> something runs, blank: for information.</param>
/// <param name="Target">Null: there is nothing to open.</param>
internal sealed record OverviewLine(string Id, char Sign, string Text, OpenTarget? Target);
