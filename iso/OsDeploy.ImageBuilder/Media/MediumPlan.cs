namespace OsDeploy.ImageBuilder.Media;

/// <param name="Id">At least 8 hexadecimal digits of what is on it: by a file of that name its loaders find it.</param>
/// <param name="Label">Of its volume, as ISO 9660 has them: at most 32 of A to Z, 0 to 9 and <c>_</c>.</param>
/// <param name="Menu">Configuration of GRUB.</param>
/// <param name="BiosModules">Of the GRUB that a BIOS starts.</param>
internal sealed record MediumPlan(string Id, string Label, string Menu, IReadOnlyList<string> BiosModules);

/// <summary>Files of Debian, by Debian's and Microsoft's keys.</summary>
/// <param name="KeyManager">What shim starts when keys are to be enrolled.</param>
internal sealed record SignedLoaders(string Shim, string KeyManager, string Grub);
