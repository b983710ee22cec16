using System.Text;
using OsDeploy.Personalisation;
using OsDeploy.Tests.Windows;
using OsDeploy.Windows;

namespace OsDeploy.Tests.Personalisation;

/// <summary>Makes a volume look like a Windows.</summary>
internal static class WindowsTree
{
    /// <param name="root">Its folder, as it is spelled there.</param>
    public static void Fill(string volume, string root)
    {
        MinimalHive.Write($"{volume}/{root}/System32/config/SYSTEM");
        MinimalHive.Write($"{volume}/{root}/System32/config/SOFTWARE");
        Directory.CreateDirectory($"{volume}/{root}/Panther/UnattendGC");
        WindowsRegistry.Of(new VolumeTree(volume, ignoresCase: true).Find).Apply(
        [
            Text(@"HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Control\ComputerName\ComputerName", "ComputerName", "MASTER"),
            Text(@"HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Services\Tcpip\Parameters", "Hostname", "master"),
            Text(@"HKEY_LOCAL_MACHINE\SYSTEM\ControlSet002\Control\ComputerName\ComputerName", "ComputerName", "MASTER"),
            Number(@"HKEY_LOCAL_MACHINE\SYSTEM\Select", "Current", 1),
            Text(@"HKEY_LOCAL_MACHINE\SYSTEM\Setup", "UnattendFile", @"C:\old.xml"),
            Number(@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System", "EnableLUA", 1),
            Text(@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State", "ImageState", "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE"),
            Text(@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion", "DevicePath", @"%SystemRoot%\inf"),
        ]);
    }

    private static RegistryEdit Text(string key, string name, string text) => new(key, false, [new RegistryValueEdit(name, RegistryType.Text, [.. Encoding.Unicode.GetBytes(text), 0, 0])]);

    private static RegistryEdit Number(string key, string name, uint number) => new(key, false, [new RegistryValueEdit(name, RegistryType.Number, BitConverter.GetBytes(number))]);
}
