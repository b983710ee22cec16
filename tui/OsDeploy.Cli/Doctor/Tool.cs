namespace OsDeploy.Cli.Doctor;

/// <summary>A program that the engine calls.</summary>
/// <param name="Package">Debian's and Ubuntu's name of the package it is in.</param>
/// <param name="Purpose">What does not work without it.</param>
/// <param name="IsNeeded">False if only one file system's images need it.</param>
internal sealed record Tool(string Name, string Package, string Purpose, bool IsNeeded);
