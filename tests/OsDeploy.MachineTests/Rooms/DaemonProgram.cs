namespace OsDeploy.MachineTests.Rooms;

/// <summary>The daemon as users run it: the published one if <c>OSDEPLOY_DAEMON</c> names it (build.sh does), else the one built with the tests.</summary>
internal static class DaemonProgram
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("OSDEPLOY_DAEMON") ?? Built();

    private static string Built()
    {
        var configuration = System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        return System.IO.Path.GetFullPath($"{AppContext.BaseDirectory}/../../OsDeploy.Server/{configuration}_linux-x64/osdeployd");
    }
}
