using System.Text;
using OsDeploy.Templates;
using OsDeploy.Windows;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>
/// A master that was not closed with sysprep: it is renamed in its registry, and joins at its first start by a script that Windows runs as the
/// system in place of its set-up, before anybody can log in. User account control is never switched off for that: it stays as the master has it.
/// </summary>
internal sealed class SimpleMode(WindowsVolume windows, HostValues values, byte[]? joinScript, VolumePlan plan)
{
    private const string FirstScript = "osdeploy-first.cmd";
    private const string JoinProgram = "osdeploy-join.ps1";
    private const string AccountFile = "osdeploy-join.txt";

    // Win32_ComputerSystem.JoinDomainOrWorkgroup: join a domain, make the account, also if it is joined already.
    private const int JoinOptions = 1 + 2 + 32;

    private string Folder => windows.Root + "/Setup/Scripts";

    /// <param name="lines">What set-up would have run.</param>
    public void Add(IReadOnlyList<string> lines)
    {
        Require(windows.Os);
        Rename();
        var join = JoinLines();
        if (join.Count + lines.Count > 0)
        {
            AddFirstStart([.. lines, .. join]);
        }
    }

    /// <exception cref="UserErrorException"><c>personal-simple</c></exception>
    public static void Require(OperatingSystem os)
    {
        if (os is not (OperatingSystem.Win7 or OperatingSystem.Win8 or OperatingSystem.Win10 or OperatingSystem.Win11))
        {
            throw PersonalErrors.SimpleTooOld(os);
        }
    }

    private void Rename()
    {
        var (name, netbios) = (RegistryKeys.Text(values.Name.ToString()), RegistryKeys.Text(values.Name.ToString().ToUpperInvariant()));
        plan.Set(RegistryKeys.ComputerName, "ComputerName", RegistryType.Text, netbios);
        plan.Set(RegistryKeys.ActiveComputerName, "ComputerName", RegistryType.Text, netbios);
        plan.Set(RegistryKeys.Tcpip, "Hostname", RegistryType.Text, name);
        plan.Set(RegistryKeys.Tcpip, "NV Hostname", RegistryType.Text, name);
    }

    // Switched off in the middle, it begins again at the next start, so that no password is left lying; the third start is the last.
    private void AddFirstStart(List<string> lines)
    {
        string[] script =
        [
            "set STARTS=0",
            @"for /f ""tokens=3"" %%N in ('reg.exe query HKLM\SYSTEM\Setup /v OsdeployStarts 2^>nul') do set /a STARTS=%%N",
            "set /a STARTS+=1",
            @"reg.exe add HKLM\SYSTEM\Setup /v OsdeployStarts /t REG_DWORD /d %STARTS% /f >>%LOG% 2>&1",
            "if %STARTS% GEQ 3 call :last",
            "for %%S in (dhcp lanmanworkstation lanmanserver lmhosts winmgmt) do net.exe start %%S >>%LOG% 2>&1",
            .. lines,
            "call :last",
            @"(del /f /q ""%~f0"" & shutdown.exe /r /t 0)", // read whole before the first of the two
            "exit /b",
            ":last",
            @"reg.exe add HKLM\SYSTEM\Setup /v SetupType /t REG_DWORD /d 0 /f >>%LOG% 2>&1",
            @"reg.exe add HKLM\SYSTEM\Setup /v SystemSetupInProgress /t REG_DWORD /d 0 /f >>%LOG% 2>&1",
            @"reg.exe add HKLM\SYSTEM\Setup /v CmdLine /t REG_SZ /d """" /f >>%LOG% 2>&1",
            @"reg.exe delete HKLM\SYSTEM\Setup /v OsdeployStarts /f >>%LOG% 2>&1",
            "exit /b",
        ];
        plan.Write($"{Folder}/{FirstScript}", SetupFiles.Script(script), "runs once at the first start");
        plan.Set(RegistryKeys.Setup, "SetupType", RegistryType.Number, RegistryKeys.Number(1));
        plan.Set(RegistryKeys.Setup, "SystemSetupInProgress", RegistryType.Number, RegistryKeys.Number(1));
        plan.Set(RegistryKeys.Setup, "CmdLine", RegistryType.Text, RegistryKeys.Text($@"cmd.exe /c C:\{Folder.Replace('/', '\\')}\{FirstScript}"));
    }

    private List<string> JoinLines()
    {
        if (joinScript is not null)
        {
            plan.Write($"{Folder}/{SetupFiles.JoinScriptName}", joinScript, "joins once, then is deleted", FileAccessKind.Secret);
            return [SetupFiles.Call($@"%~dp0{SetupFiles.JoinScriptName}"), $@"del /f /q ""%~dp0{SetupFiles.JoinScriptName}"""];
        }

        if (Program() is not { } program)
        {
            return [];
        }

        if (values.AccountData is { } account)
        {
            plan.Write($"{Folder}/{AccountFile}", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(account + "\0")], "what djoin made for this computer", FileAccessKind.Secret);
        }

        plan.Write($"{Folder}/{JoinProgram}", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(program.ReplaceLineEndings("\r\n"))], "joins once, then is deleted", FileAccessKind.Secret);
        return
        [
            $@"powershell.exe -NoProfile -ExecutionPolicy Bypass -File ""%~dp0{JoinProgram}"" >>%LOG% 2>&1",
            $@"del /f /q ""%~dp0{JoinProgram}"" ""%~dp0{AccountFile}"" 2>nul",
        ];
    }

    private string? Program() => values switch
    {
        { AccountData: not null } => Repeated(
            $"djoin.exe /requestODJ /loadfile (Join-Path $PSScriptRoot '{AccountFile}') /windowspath $env:SystemRoot /localos; $result = $LASTEXITCODE"),
        { Domain: { Length: > 0 } domain, JoinUser: { Length: > 0 } user, JoinPassword: { } password } => Repeated(Join($"{Quoted(domain)}, {Quoted(password)}, {Quoted(AccountOf(domain, user))}, {(values.MachineOu is { } ou ? Quoted(ou) : "$null")}, {JoinOptions}")),
        { Domain: { Length: > 0 } domain } => NotJoined(domain),
        { Workgroup: { Length: > 0 } workgroup } => Repeated(Join($"{Quoted(workgroup)}, $null, $null, $null, 0")),
        _ => null,
    };

    private string? NotJoined(string domain)
    {
        plan.Warnings.Add($"{values.Name} does not join {domain}: there is no account that may join computers.");
        return null;
    }

    // An error would be shown with the line it stands in, which holds the password.
    private static string Join(string arguments) =>
        $"try {{ $result = (Get-WmiObject Win32_ComputerSystem).JoinDomainOrWorkgroup({arguments}).ReturnValue }} catch {{ $result = $_.Exception.GetType().Name }}";

    private static string AccountOf(string domain, string user) => user.AsSpan().IndexOfAny("\\@") >= 0 ? user : $@"{domain}\{user}";

    // The network may not be there yet.
    private static string Repeated(string action) => $$"""
        if (-not $PSScriptRoot) { $PSScriptRoot = Split-Path -Parent $MyInvocation.MyCommand.Path }
        for ($try = 1; $try -le 5; $try++) {
            {{action}}
            Write-Output "osdeploy: join, try ${try}: $result"
            if ($result -eq 0) { break }
            Start-Sleep -Seconds 30
        }

        """;

    // Windows PowerShell takes typographic quotation marks for the plain one.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in text)
        {
            quoted.Append(letter).Append(letter is '\'' or '‘' or '’' or '‚' or '‛' ? letter.ToString() : "");
        }

        return quoted.Append('\'').ToString();
    }
}
