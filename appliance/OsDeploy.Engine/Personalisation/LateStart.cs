using System.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>
/// From Windows 8 on, set-up leaves out <c>SetupComplete.cmd</c> under an OEM product key (Microsoft, "Add a Custom Script to Windows Setup"). So
/// the answer file also has a task made that waits for the end of set-up and then starts the same script. Whoever takes the token runs it,
/// and it runs once.
/// </summary>
internal static class LateStart
{
    private const string ScriptName = "osdeploy-late.cmd";
    private const string Token = "osdeploy-once.txt";
    private const string TakenToken = "osdeploy-begun.txt";
    private const string Register = "register";

    /// <summary>What it is for, as the answer file says it.</summary>
    public const string Why = "Starts what was added where Windows leaves SetupComplete.cmd out.";

    /// <summary>For the answer file. It never fails: set-up would stop.</summary>
    public const string Command = $@"cmd.exe /d /c %SystemRoot%\Setup\Scripts\{ScriptName} {Register}";

    /// <summary>Line that ends a script which has run already.</summary>
    public const string Guard = $@"move /y ""%~dp0{Token}"" ""%~dp0{TakenToken}"" >nul 2>&1 || exit /b 0";

    public static bool IsNeeded(OperatingSystem os) => os is OperatingSystem.Win8 or OperatingSystem.Win10 or OperatingSystem.Win11;

    /// <param name="folder">Where <paramref name="script"/> lies.</param>
    public static void Add(VolumePlan plan, string folder, string script)
    {
        plan.Write($"{folder}/{Token}", Encoding.ASCII.GetBytes("osdeploy\r\n"), $"taken by whoever starts {script}");
        plan.Write($"{folder}/{ScriptName}", SetupFiles.Script(
        [
            $@"if ""%1""==""{Register}"" (",
            @"  schtasks.exe /create /f /tn osdeploy /sc onstart /ru SYSTEM /tr ""cmd.exe /d /c %~f0"" >>%LOG% 2>&1",
            "  exit /b 0",
            ")",
            ":wait",
            "for %%V in (SystemSetupInProgress OOBEInProgress) do (",
            @"  reg.exe query HKLM\SYSTEM\Setup /v %%V 2>nul | find.exe ""0x1"" >nul && (",
            "    ping.exe -n 10 127.0.0.1 >nul",
            "    goto wait",
            "  )",
            ")",
            "ping.exe -n 60 127.0.0.1 >nul",
            @"schtasks.exe /delete /f /tn osdeploy >>%LOG% 2>&1",
            $@"call ""%~dp0{script}""",
        ]), $"starts {script} where Windows leaves it out, under an OEM product key");
    }
}
