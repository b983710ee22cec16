namespace OsDeploy.Tui.Drivers;

internal static class Tty
{
    public static ITerminal OfProcess() => throw new NotSupportedException();
}
