using OsDeploy.Personalisation;

namespace OsDeploy.Tests.Personalisation;

/// <summary>A folder with what a Windows needs to be recognised, and registry hives of its own making.</summary>
internal sealed class WindowsFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-windows-");

    public WindowsFolder(string root = "Windows")
    {
        WindowsTree.Fill(Path, root);
    }

    public string Path => _folder.FullName;

    public VolumeTree Tree => new(Path, ignoresCase: true);

    public void Write(string path, string text)
    {
        var file = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
