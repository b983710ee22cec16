namespace OsDeploy.MachineTests.Disks;

/// <summary>A shell script that runs in place of a program of the system until Dispose.</summary>
internal sealed class ProgramOnPath : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-path-");
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public ProgramOnPath(string program, string script)
    {
        var file = Path.Combine(_folder.FullName, program);
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        Mono.Unix.Native.Syscall.chmod(file, Mono.Unix.Native.FilePermissions.S_IRUSR | Mono.Unix.Native.FilePermissions.S_IXUSR);
        Environment.SetEnvironmentVariable("PATH", _folder.FullName + ":" + _path);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Delete(recursive: true);
    }
}
